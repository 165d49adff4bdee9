# syntax=docker/dockerfile:1
# by digest: --build-arg BUILD_IMAGE=maven@sha256:… --build-arg RUN_IMAGE=eclipse-temurin@sha256:…
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:25-jre
FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
# the libraries first: they change seldom, so this layer is kept
RUN mvn -B -ntp dependency:go-offline -DexcludeScope=test || true
COPY routes ./routes
COPY src ./src
# the slim jar: no stand-ins, no flow tests, no PostgreSQL
RUN mvn -B -ntp -Pslim -DskipTests package \
 && java -Djarmode=tools -jar target/amo-relay-slim.jar extract --layers --application-filename amo-relay.jar --destination target/layers

# 25: its archive of classes and of what they prepare halves a start
FROM ${RUN_IMAGE} AS relay
RUN groupadd --system --gid 10001 relay \
 && useradd --system --uid 10001 --gid relay --home-dir /app relay \
 && mkdir -p -m 0700 /app/data \
 && chown -R relay:relay /app
WORKDIR /app
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
# editable copy; mount a folder over it to bring routes of your own
COPY routes ./routes

# started once, as far as its doors, on a PostgreSQL that stays here: the classes are kept as they were. The settings lead nowhere
FROM relay AS training
RUN apt-get update && apt-get install -y --no-install-recommends postgresql
USER relay
RUN export PATH="$(echo /usr/lib/postgresql/*/bin):$PATH" \
 && initdb -D /tmp/postgres -U relay -A trust --encoding=UTF8 --locale=C > /dev/null \
 && pg_ctl -D /tmp/postgres -o "-k /tmp -c listen_addresses=127.0.0.1" -l /tmp/postgres.log -w start \
 && DATABASE_URL=jdbc:postgresql://127.0.0.1:5432/postgres DATABASE_USER=relay RELAY_DATA_DIR=/tmp/training \
    AMOCRM_SUBDOMAIN=example AMOCRM_ACCESS_TOKEN=training AMOCRM_PIPELINE_ID=1 AMOCRM_STATUS_ID=1 SMTP_HOST=localhost \
    MAIL_ORDERS_TO=orders@example.com RELAY_ADMIN_PASSWORD="$(head -c 24 /dev/urandom | base64)" RELAY_WEBHOOK_KEY=training-only \
    java -XX:+UseSerialGC -XX:AOTCacheOutput=/tmp/amo-relay.aot -Xlog:disable -Dspring.context.exit=onRefresh -jar amo-relay.jar \
 && pg_ctl -D /tmp/postgres -m immediate stop

FROM relay
COPY --from=training /tmp/amo-relay.aot ./
USER relay
ENV RELAY_DATA_DIR=/app/data \
    JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -Xms64m -XX:NewSize=48m -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -XX:AOTCache=/app/amo-relay.aot"
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-jar", "amo-relay.jar"]
