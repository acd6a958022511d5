// usage: node grpc-js-client.js HOST:PORT ECHO_PROTO
// Runs every case against the echo service and prints one JSON line each: {"case", "error"}.
'use strict';
const assert = require('node:assert');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [address, protoFile] = process.argv.slice(2);
const definition = loader.loadSync(protoFile, { keepCase: true, longs: Number, defaults: true });
const { Echo } = grpc.loadPackageDefinition(definition).platform.testing.echo.v1;
const credentials = grpc.credentials.createInsecure();
const client = new Echo(address, credentials);
const gzip = new Echo(address, credentials, { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
const large = new Echo(address, credentials, { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });

// One call: its answer, or the error it ended with, with headers and trailers.
function unary(request, { metadata = new grpc.Metadata(), options = {}, on = client, method = 'Unary' } = {}) {
  return new Promise((resolve) => {
    const outcome = {};
    const call = on[method](request, metadata, options, (error, answer) => Object.assign(outcome, { error, answer }));
    call.on('metadata', (headers) => (outcome.headers = headers));
    call.on('status', (status) => resolve(Object.assign(outcome, { status })));
  });
}

function collect(stream) {
  return new Promise((resolve) => {
    const outcome = { messages: [] };
    stream.on('data', (message) => outcome.messages.push(message));
    stream.on('error', (error) => (outcome.error = error));
    stream.on('status', (status) => resolve(Object.assign(outcome, { status })));
  });
}

const after = (ms) => ({ deadline: new Date(Date.now() + ms) });

const cases = {
  async unary() {
    const { answer, status } = await unary({ text: '被保険者証 𠮷' });
    assert.strictEqual(answer.text, '被保険者証 𠮷');
    assert.strictEqual(status.code, grpc.status.OK);
  },

  async concurrent() {
    const outcomes = await Promise.all(Array.from({ length: 500 }, (_, i) => unary({ text: `t${i}` })));
    outcomes.forEach(({ answer }, i) => assert.strictEqual(answer.text, `t${i}`));
  },

  async server_stream() {
    const { messages, status } = await collect(client.ServerStream({ text: 's', repeat: 200 }));
    assert.deepStrictEqual(messages.map((m) => m.index), Array.from({ length: 200 }, (_, i) => i));
    assert.strictEqual(status.code, grpc.status.OK);
  },

  async client_stream() {
    const answer = await new Promise((resolve, reject) => {
      const call = client.ClientStream((error, response) => (error ? reject(error) : resolve(response)));
      for (const text of ['a', 'b', 'c']) call.write({ text });
      call.end();
    });
    assert.strictEqual(answer.text, 'a,b,c');
  },

  async duplex() {
    const call = client.Duplex();
    const seen = [];
    await new Promise((resolve, reject) => {
      call.on('error', reject);
      call.on('data', ({ text }) => {
        seen.push(text);
        if (seen.length < 20) call.write({ text: `m${seen.length}` });
        else call.end();
      });
      call.on('end', resolve);
      call.write({ text: 'm0' });
    });
    assert.deepStrictEqual(seen, Array.from({ length: 20 }, (_, i) => `m${i}`));
  },

  async metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-echo-text', 'plain');
    metadata.set('x-echo-data-bin', Buffer.from([0, 255, 1, 254]));
    metadata.set('x-send-headers', 'early');
    const { headers, status } = await unary({}, { metadata });
    assert.deepStrictEqual(headers.get('x-sent-header'), ['early']);
    assert.deepStrictEqual(headers.get('x-sent-bin'), [Buffer.from([1, 2, 3, 0xff])]);
    assert.deepStrictEqual(status.metadata.get('x-echo-text'), ['plain']);
    assert.deepStrictEqual(status.metadata.get('x-echo-data-bin'), [Buffer.from([0, 255, 1, 254])]);
  },

  async error_with_details() {
    const { error } = await unary({ fail_code: grpc.status.FAILED_PRECONDITION, fail_message: '資格 100% 無し\n' });
    assert.strictEqual(error.code, grpc.status.FAILED_PRECONDITION);
    assert.strictEqual(error.details, '資格 100% 無し\n');
    assert.deepStrictEqual(error.metadata.get('x-detail-bin'), [Buffer.from([0, 1, 2, 0xfe])]);
    assert.ok(error.metadata.get('grpc-status-details-bin')[0].includes('ECHO_FAILED'));
  },

  async error_after_messages() {
    // grpc-js drops messages that it has not handed out when a failure arrives: a pause before each of them and before the failure.
    const { messages, status } = await collect(
      client.ServerStream({ repeat: 3, delay_ms: 50, fail_code: grpc.status.ABORTED, fail_message: 'late' }));
    assert.strictEqual(messages.length, 3);
    assert.strictEqual(status.code, grpc.status.ABORTED);
    assert.strictEqual(status.details, 'late');
  },

  async deadline() {
    const begun = Date.now();
    const { error } = await unary({ delay_ms: 60000 }, { options: after(300) });
    assert.strictEqual(error.code, grpc.status.DEADLINE_EXCEEDED);
    assert.ok(Date.now() - begun < 5000);
    const { answer } = await unary({}, { options: after(30000) });
    assert.ok(answer.deadline_ms > 20000 && answer.deadline_ms <= 31000, `${answer.deadline_ms}`);
  },

  async cancellation() {
    const call = client.ServerStream({ repeat: 1000, delay_ms: 20 });
    const outcome = collect(call);
    call.once('data', () => call.cancel());
    assert.strictEqual((await outcome).status.code, grpc.status.CANCELLED);
  },

  async big_messages() {
    const { answer } = await unary({ payload: Buffer.alloc(3000000, 7) });
    assert.strictEqual(answer.payload.length, 3000000);
    assert.ok(answer.payload.every((b) => b === 7));
    const { error } = await unary({ payload: Buffer.alloc(5000000) }, { on: large });
    assert.strictEqual(error.code, grpc.status.RESOURCE_EXHAUSTED);
  },

  async big_stream() {
    const { messages } = await collect(client.ServerStream({ repeat: 50, response_bytes: 500000 }));
    assert.strictEqual(messages.length, 50);
    assert.ok(messages.every((m) => m.payload.length === 500000));
  },

  async compression() {
    const { answer } = await unary({ payload: Buffer.alloc(200000, 1) }, { on: gzip });
    assert.strictEqual(answer.payload.length, 200000);
    const { messages } = await collect(gzip.ServerStream({ repeat: 5, response_bytes: 100000 }));
    assert.deepStrictEqual(messages.map((m) => m.payload.length), Array(5).fill(100000));
  },

  async unknown_method() {
    const call = new grpc.Client(address, credentials);
    const error = await new Promise((resolve) =>
      call.makeUnaryRequest('/no.such.Service/Method', (x) => x, (x) => x, Buffer.alloc(0), resolve));
    assert.strictEqual(error.code, grpc.status.UNIMPLEMENTED);
    call.close();
  },
};

(async () => {
  for (const [name, run] of Object.entries(cases)) {
    let error = null;
    try {
      await run();
    } catch (e) {
      error = e.stack;
    }
    console.log(JSON.stringify({ case: name, error }));
  }
  [client, gzip, large].forEach((c) => c.close());
})();
