using Platform.LocalSidecar;

await using var app = SidecarHost.Create(args);
await app.RunAsync();
