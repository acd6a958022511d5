// usage: node grpc-js-server.js ECHO_PROTO
// Serves the echo service on a free loopback port, which it prints, until its input ends.
'use strict';
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const definition = loader.loadSync(process.argv[2], { keepCase: true, longs: Number, defaults: true });
const { Echo } = grpc.loadPackageDefinition(definition).platform.testing.echo.v1;
const attempts = new Map();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const answer = (request, call, index = 0) => ({
  text: request.text,
  payload: request.response_bytes > 0 ? Buffer.alloc(request.response_bytes) : request.payload,
  index,
  deadline_ms: Number.isFinite(+call.getDeadline()) ? +call.getDeadline() - Date.now() : 0,
});

function trailersOf(call) {
  const trailers = new grpc.Metadata();
  for (const [key, value] of Object.entries(call.metadata.getMap())) {
    if (key.startsWith('x-echo')) trailers.set(key, value);
  }
  return trailers;
}

function failureOf(request) {
  if (request.attempts_key) {
    const count = (attempts.get(request.attempts_key) ?? 0) + 1;
    attempts.set(request.attempts_key, count);
    if (count <= request.fail_attempts) return { code: grpc.status.UNAVAILABLE, details: 'not yet' };
  }
  if (!request.fail_code) return null;
  const metadata = new grpc.Metadata();
  metadata.set('x-detail-bin', Buffer.from([0, 1, 2, 0xfe]));
  return { code: request.fail_code, details: request.fail_message, metadata };
}

async function unary(call, callback) {
  const [early] = call.metadata.get('x-send-headers');
  if (early) {
    const headers = new grpc.Metadata();
    headers.set('x-sent-header', early);
    headers.set('x-sent-bin', Buffer.from([1, 2, 3, 0xff]));
    call.sendMetadata(headers);
  }
  await sleep(call.request.delay_ms);
  const failure = failureOf(call.request);
  if (failure) callback(failure);
  else callback(null, answer(call.request, call), trailersOf(call));
}

async function serverStream(call) {
  for (let i = 0; i < call.request.repeat && !call.cancelled; i++) {
    await sleep(call.request.delay_ms);
    if (!call.write(answer(call.request, call, i))) await new Promise((resolve) => call.once('drain', resolve));
  }
  const failure = failureOf(call.request);
  if (failure) call.emit('error', failure);
  else call.end(trailersOf(call));
}

function clientStream(call, callback) {
  const texts = [];
  let bytes = 0;
  call.on('data', (request) => {
    texts.push(request.text);
    bytes += request.payload.length;
  });
  call.on('end', () => callback(null, { text: texts.join(','), index: bytes }));
}

function duplex(call) {
  let index = 0;
  call.on('data', (request) => call.write(answer(request, call, index++)));
  call.on('end', () => call.end());
}

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
server.addService(Echo.service, { Unary: unary, ServerStream: serverStream, ClientStream: clientStream, Duplex: duplex });
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.stdin.on('end', () => process.exit(0)).resume();
