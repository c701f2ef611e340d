# syntax=docker/dockerfile:1

# What is built here needs a compiler (better-sqlite3), what runs does not.
FROM node:22-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential ca-certificates python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY migrations migrations
COPY src src
COPY web web
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY src/coverage/data src/coverage/data
COPY package.json LICENSE ./
COPY bin bin
COPY python python
# The scanner's environment is part of the image; VEDETTE_HOME is for what a worker writes.
RUN python3 -m venv /opt/scoutsuite \
 && /opt/scoutsuite/bin/pip install --no-cache-dir --no-deps --require-hashes -r python/scoutsuite.txt \
 && /opt/scoutsuite/bin/scout --version \
 && install -d -o node -g node /var/lib/vedette
ENV NODE_ENV=production \
    VEDETTE_HOME=/var/lib/vedette \
    VEDETTE_SCOUT_COMMAND=/opt/scoutsuite/bin/scout \
    VEDETTE_HEALTH_ADDRESS=127.0.0.1:8080 \
    PYTHONDONTWRITEBYTECODE=1
USER node
VOLUME /var/lib/vedette
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080').then(({ok}) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "/app/bin/vedette.js"]
CMD ["worker"]
