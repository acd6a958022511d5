return await Platform.Gateway.GatewayHost.Create(args).RunAsync();
