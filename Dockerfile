FROM node:24-slim AS pages
WORKDIR /pedigree
COPY frontend frontend
RUN cd frontend && npm ci --ignore-scripts --no-audit --no-fund
COPY docs docs
COPY app app
RUN node frontend/build.mjs

FROM python:3.13-slim

WORKDIR /pedigree
COPY requirements-uv.txt pyproject.toml uv.lock README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt
COPY app app
COPY cypher cypher
COPY docs docs
COPY graph_schema graph_schema
COPY --from=pages /pedigree/app/web/bundle app/web/bundle
# Compiled here: the user of the container may not keep what Python compiles, and would do so at each start.
RUN uv sync --frozen --no-dev --no-cache --compile-bytecode && .venv/bin/python -m compileall -q app graph_schema \
    && useradd --create-home pedigree && install -d -o pedigree -m 700 /var/lib/pedigree

USER pedigree
ENV PATH=/pedigree/.venv/bin:$PATH
EXPOSE 8000
ENTRYPOINT ["pedigree"]
CMD ["serve", "--host", "0.0.0.0"]
