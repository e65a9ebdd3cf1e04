# One image for web, worker and beat: the command says which.
FROM python:3.11-slim-bookworm AS browser
WORKDIR /build
COPY requirements/local.txt requirements/local.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/local.txt
COPY evaluation_ui evaluation_ui
RUN python evaluation_ui/bundle.py

FROM python:3.11-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN useradd --system --create-home --uid 10001 mathvidya
WORKDIR /app
COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --require-hashes -r requirements/runtime.txt
COPY alembic.ini pyproject.toml README.md ./
COPY alembic alembic
COPY docs/problems docs/problems
COPY seeds seeds
COPY workflows workflows
COPY mathvidya mathvidya
COPY --from=browser /build/mathvidya/browser/bundle mathvidya/browser/bundle
USER mathvidya
ENV MATHVIDYA_ENVIRONMENT=production PYTHONPATH=/app
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws", "mathvidya.wsgi:app"]
