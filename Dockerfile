# distbase with the PostgreSQL binaries it runs where no database is named.
#   docker build -t distbase .
#   docker run -d --name distbase --stop-timeout 90 -p 127.0.0.1:8080:8080 \
#     -v distbase:/var/lib/distbase --env-file distbase.env distbase
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /distbase ./cmd/distbase

FROM debian:bookworm-slim
# No cluster of Debian's own: distbase makes its own in /var/lib/distbase.
RUN mkdir -p /etc/postgresql-common \
 && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf \
 && apt-get update \
 && apt-get install -y --no-install-recommends postgresql ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/distbase --shell /usr/sbin/nologin distbase \
 && install -d -o distbase -g distbase -m 0700 /var/lib/distbase
COPY --from=build /distbase /usr/local/bin/distbase
USER distbase
WORKDIR /var/lib/distbase
ENV DISTBASE_DATA_DIR=/var/lib/distbase DISTBASE_LISTEN=0.0.0.0:8080
VOLUME /var/lib/distbase
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["distbase"]
CMD ["serve"]
