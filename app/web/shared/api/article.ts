export interface Article {
  article_id: string;
  revision: number;
  title: string;
  html: string;
  markdown: string;
  topic: { id: string; name: string };
  audience: string[];
  locale: string;
  locales: string[];
  updated_at: string;
}

export interface SearchResult {
  article_id: string;
  title: string;
  snippet: string;
  topic: string;
  locale: string;
}
