"""The certificate, for leads."""

import asyncio

from fastapi import APIRouter, Response

from app.calibration.schemas import CalibrationReport
from app.deps import LeadDep, ServicesDep

router = APIRouter(prefix="/v1/calibration", tags=["reports"])


@router.get("")
async def calibration(lead: LeadDep, parts: ServicesDep) -> CalibrationReport:
    """What is promised of Baton's answers now, from what, and why not when nothing is."""
    return await asyncio.to_thread(parts.calibration.report)


@router.post("", status_code=202, response_class=Response)
async def calibrate(lead: LeadDep, parts: ServicesDep) -> Response:
    """Calibrate the live version once more; the certificate that holds now holds until the new one is there."""
    parts.calibration.again()
    return Response(status_code=202)
