// The service as an object with a method for each of its calls.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// The contract is read from its source. What it imports of Google's lies in protos/, but for the types that every protobuf
// library has. error_details.proto is not imported by it: it says what the details of an error mean.
const contract = protoLoader.loadSync(["eventtimeline/v1/timeline.proto", "google/rpc/error_details.proto"], {
  includeDirs: [here("../../proto"), here("protos")],
  enums: String,
  longs: Number,
  defaults: true,
  oneofs: true,
});
const { TimelineService } = grpc.loadPackageDefinition(contract).eventtimeline.v1;

// Connects as the environment says: TIMELINE_ADDRESS, TIMELINE_TLS=true or TIMELINE_CA=FILE, TIMELINE_TOKEN.
export function connect(environment = process.env) {
  const address = environment.TIMELINE_ADDRESS ?? "127.0.0.1:50051";
  return new TimelineService(address, credentials(environment), {
    // An answer about a long article may be larger than the 4 MiB of the default.
    "grpc.max_receive_message_length": -1,
    // Spreads the calls over every address that the name has.
    "grpc.service_config": JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  });
}

function credentials({ TIMELINE_TLS, TIMELINE_CA }) {
  if (TIMELINE_CA) return grpc.credentials.createSsl(readFileSync(TIMELINE_CA));
  return TIMELINE_TLS === "true" ? grpc.credentials.createSsl() : grpc.credentials.createInsecure();
}

// What goes with each call: the token of the caller, where there is one. Without TLS everyone on the way can read it.
export function metadata({ TIMELINE_TOKEN } = process.env) {
  const sent = new grpc.Metadata();
  if (TIMELINE_TOKEN) sent.set("authorization", `Bearer ${TIMELINE_TOKEN}`);
  return sent;
}

export const inSeconds = (seconds) => ({ deadline: Date.now() + seconds * 1000 });

// Calls a method with one request and one answer; rejects with grpc-js's error.
export function call(client, method, request, seconds) {
  return new Promise((resolve, reject) => {
    client[method](request, metadata(), inSeconds(seconds), (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

// The google.rpc.Status that came with an error, or undefined.
export function statusOf(error) {
  const [bytes] = error.metadata?.get("grpc-status-details-bin") ?? [];
  return bytes && contract["google.rpc.Status"].deserialize(bytes);
}

// The fields that a google.rpc.Status calls wrong, each with the reason.
export function fieldViolations(status) {
  return status.details
    .filter((detail) => detail.type_url.endsWith("/google.rpc.BadRequest"))
    .flatMap((detail) => contract["google.rpc.BadRequest"].deserialize(detail.value).fieldViolations);
}
