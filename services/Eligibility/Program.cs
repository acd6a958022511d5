using Platform.Eligibility;

return await EligibilityHost.Create(args).RunAsync();
