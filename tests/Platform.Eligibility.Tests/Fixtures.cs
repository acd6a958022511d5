[assembly: AssemblyFixture(typeof(Platform.Testing.PostgresServer))]
