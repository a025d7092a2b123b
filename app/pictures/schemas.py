"""What the API of pictures gives."""

from pydantic import BaseModel


class Picture(BaseModel):
    """Where a picture is from now on, on this server."""

    url: str
