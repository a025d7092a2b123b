"""What the help centre's content API gives."""

from datetime import datetime

from pydantic import BaseModel


class SearchResult(BaseModel):
    article_id: str
    title: str
    snippet: str
    topic: str
    locale: str


class SearchResults(BaseModel):
    results: list[SearchResult]


class ArticleLink(BaseModel):
    article_id: str
    title: str
    locale: str


class TopicArticles(BaseModel):
    id: str
    name: str
    description: str
    articles: list[ArticleLink]


class TopicList(BaseModel):
    topics: list[TopicArticles]


class TopicName(BaseModel):
    id: str
    name: str


class ArticleView(BaseModel):
    article_id: str
    revision: int
    title: str
    html: str
    markdown: str
    topic: TopicName
    audience: list[str]
    locale: str
    locales: list[str]
    updated_at: datetime
