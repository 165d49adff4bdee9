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
RUN mvn -B -ntp -DskipTests package \
 && java -Djarmode=tools -jar target/amo-relay.jar extract --layers --destination target/layers

# 25: its archive of classes and of what they prepare halves a start
FROM ${RUN_IMAGE}
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
USER relay
# started once, the classes are kept as they were
RUN RELAY_DATA_DIR=/tmp/train java -XX:+UseSerialGC -XX:AOTCacheOutput=amo-relay.aot -Xlog:disable -Dspring.context.exit=onRefresh -jar amo-relay.jar \
 && rm -rf /tmp/train
ENV RELAY_DATA_DIR=/app/data \
    JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -Xms64m -XX:NewSize=48m -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -XX:AOTCache=/app/amo-relay.aot"
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-jar", "amo-relay.jar"]
