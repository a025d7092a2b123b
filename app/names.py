"""Names: how people and queues are named in answers."""

from pydantic import BaseModel


class NamedStaff(BaseModel):
    id: int
    name: str


class NamedQueue(BaseModel):
    id: str
    name: str
