# labgraph as a container: build, then only what running needs.
#   docker build -t labgraph .
#   docker run --rm -p 127.0.0.1:50051:50051 -v labgraph-data:/data labgraph
FROM debian:bookworm-slim AS build
WORKDIR /src
COPY .ci/packages.txt .ci/install-packages .ci/
RUN .ci/install-packages && rm -rf /var/lib/apt/lists/*
COPY CMakeLists.txt CMakePresets.json ./
COPY proto proto
COPY server server
COPY client client
COPY seed seed
RUN cmake --preset release -DBUILD_TESTING=OFF \
 && cmake --build build --target labgraphd labgraph labgraph-seed labgraph_protoset \
 && strip build/bin/labgraphd build/bin/labgraph build/bin/labgraph-seed

FROM debian:bookworm-slim
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      libabsl20220623 libgrpc++1.51 libicu72 libjemalloc2 libprotobuf32 librocksdb7.8 libsimdjson14 \
      libssl3 libyaml-cpp0.7 >/dev/null \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin labgraph \
 && install -d -o labgraph -g labgraph /data
COPY --from=build /src/build/bin/labgraphd /src/build/bin/labgraph \
     /src/build/bin/labgraph-seed /usr/local/bin/
COPY --from=build /src/build/labgraph.protoset /usr/local/share/labgraph/
COPY --from=build /src/seed/nsoc /usr/local/share/labgraph/nsoc
USER labgraph
VOLUME /data
EXPOSE 50051
ENV LABGRAPH_DATA=/data LABGRAPH_LISTEN=0.0.0.0:50051
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["labgraph", "--server", "127.0.0.1:50051", "--timeout", "2s", "info"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["labgraphd"]
