from fastapi import FastAPI
from pydantic import BaseModel

from .features import Application
from .ranker import Ranker

app = FastAPI(title="CV Screener")
ranker = Ranker()


class Request(BaseModel):
    vacancy: str
    applications: dict[str, dict[str, str]]


@app.post("/v1/rank")
def rank(request: Request) -> list[dict]:
    applications = [Application(id, sections) for id, sections in request.applications.items()]
    return [vars(entry) for entry in ranker.rank(request.vacancy, applications)]
