# shellcheck shell=bash
# The platform's own processes. Needs terminal.sh, settings.sh, processes.sh, stores.sh. A setting reaches a service as environment (Section__Key).

dll() { printf '%s/%s/bin/Release/net10.0/%s.dll' "$root" "$1" "$2"; }

# Without build servers: they would stay for a quarter of an hour, and down is to leave nothing.
build_services() {
  say 'Building …'
  local log=$data/logs/build.log start=$SECONDS
  if ! heedfully dotnet build "$root/deploy/local/Local.slnf" -c Release -v quiet --nologo --disable-build-servers >"$log" 2>&1; then
    grep -E 'error' "$log" | sort -u | head -n 30 >&2
    die 'the build failed; its errors are above.' "The whole log: $log" 'A restore that fails needs a network or a filled package folder.'
  fi
  detail "built in $((SECONDS - start)) s"
}

loopback() { printf 'http://127.0.0.1:%s' "$1"; }

# The settings that every service has.
common_settings() {
  export DOTNET_ENVIRONMENT=Production DOTNET_EnableDiagnostics=0
  export Hosting__DrainDelay=00:00:00
  export Clock__AllowShift=true Clock__File=$data/clock.json
  export Insurers__AllowFictional=true
}

start_sidecar() {
  if command -v daprd >/dev/null; then
    detail 'daprd is on the PATH: it takes the place of the stand-in'
    start_daprd
    return
  fi
  (
    common_settings
    export Sidecar__Redis="127.0.0.1:${port[redis_streams]},password=$redis_password"
    export Sidecar__Apps=eligibility:${port[eligibility_sidecar]}:${port[dapr_eligibility]}
    export DAPR_API_TOKEN=$dapr_token APP_API_TOKEN=$dapr_token
    launch sidecar dotnet "$(dll deploy/local/Sidecar Platform.LocalSidecar)"
  ) || exit 1
  await sidecar 30 port_is_taken "${port[dapr_eligibility]}"
}

# The real thing: one daprd beside the service, over the same Redis streams.
start_daprd() {
  local resources=$data/dapr
  mkdir -p "$resources"
  (
    umask 077
    cat >"$resources/pubsub.yaml" <<YAML
apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: pubsub
spec:
  type: pubsub.redis
  version: v1
  metadata:
    - name: redisHost
      value: 127.0.0.1:${port[redis_streams]}
    - name: redisPassword
      value: $redis_password
YAML
    export DAPR_API_TOKEN=$dapr_token APP_API_TOKEN=$dapr_token
    launch sidecar daprd --app-id eligibility --app-protocol grpc --app-port "${port[eligibility_sidecar]}" --dapr-grpc-port "${port[dapr_eligibility]}" \
      --dapr-http-port 0 --metrics-port 0 --dapr-listen-addresses 127.0.0.1 --resources-path "$resources"
  ) || exit 1
  await sidecar 30 port_is_taken "${port[dapr_eligibility]}"
}

start_eligibility() {
  (
    common_settings
    export Listeners__Callers Listeners__Sidecar Listeners__Operations
    Listeners__Callers=$(loopback "${port[eligibility]}")
    Listeners__Sidecar=$(loopback "${port[eligibility_sidecar]}")
    Listeners__Operations=$(loopback "${port[eligibility_operations]}")
    export ConnectionStrings__Eligibility="Host=127.0.0.1;Port=${port[postgres]};Database=eligibility;Username=eligibility;Password=$eligibility_password"
    export ConnectionStrings__Cache="127.0.0.1:${port[redis_cache]},password=$redis_password"
    export Keys__Hash=$key_hash Keys__Encryption=$key_encryption
    export Audit__SpoolDirectory=$data/audit-spool Members__SpoolDirectory=$data/import-spool
    export DAPR_GRPC_PORT=${port[dapr_eligibility]} DAPR_API_TOKEN=$dapr_token APP_API_TOKEN=$dapr_token
    mkdir -p "$Audit__SpoolDirectory" "$Members__SpoolDirectory"
    # Both can hold what people may not read.
    chmod 700 "$Audit__SpoolDirectory" "$Members__SpoolDirectory"
    launch eligibility dotnet "$(dll services/Eligibility Platform.Eligibility)"
  ) || exit 1
  await eligibility 120 http_ok "${port[eligibility_operations]}" /healthz/ready
}

start_gateway() {
  (
    common_settings
    export Listeners__Callers Listeners__Operations Services__Eligibility__Address
    Listeners__Callers=$(loopback "${port[gateway]}")
    Listeners__Operations=$(loopback "${port[gateway_operations]}")
    Services__Eligibility__Address=$(loopback "${port[eligibility]}")
    launch gateway dotnet "$(dll services/Gateway Platform.Gateway)"
  ) || exit 1
  await gateway 60 http_ok "${port[gateway_operations]}" /healthz/ready
}

start_services() {
  start_sidecar
  start_eligibility
  start_gateway
}

# Where the command line finds the platform.
write_addresses() {
  cat >"$data/platform.json.new" <<JSON
{
  "gateway": "$(loopback "${port[gateway]}")",
  "eligibility": "$(loopback "${port[eligibility]}")"
}
JSON
  mv "$data/platform.json.new" "$data/platform.json"
}
