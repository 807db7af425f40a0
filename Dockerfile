FROM python:3.13-slim

WORKDIR /pedigree
COPY requirements-uv.txt pyproject.toml uv.lock README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt
COPY app app
COPY cypher cypher
COPY graph_schema graph_schema
RUN uv sync --frozen --no-dev --no-cache && useradd --create-home pedigree

USER pedigree
ENV PATH=/pedigree/.venv/bin:$PATH
EXPOSE 8000
ENTRYPOINT ["pedigree"]
CMD ["serve", "--host", "0.0.0.0"]
