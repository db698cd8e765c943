"""The gRPC service: a supervisor that imports no grpc, and workers that share one port."""
