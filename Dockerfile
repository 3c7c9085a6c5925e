# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ARG GOVUK_BRANDING=false
COPY . .
RUN python -m scripts.setup run \
 && STATIC_ROOT=/app/staticfiles .venv/bin/python manage.py collectstatic --noinput \
 && .venv/bin/uv pip sync -q --compile-bytecode --require-hashes --python .venv/bin/python requirements/base.txt \
 && rm -rf node_modules var

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY --from=build /app /app
RUN python -m scripts.system run && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home-dir /data --create-home noticeboard
ARG GOVUK_BRANDING=false
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 \
    BIND=0.0.0.0 DATA_DIR=/data STATIC_ROOT=/app/staticfiles GOVUK_BRANDING=$GOVUK_BRANDING
USER noticeboard
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "config.wsgi"]
