using Platform.Torture.Writer;

// usage: Platform.Torture.Writer --Control=<port> --ConnectionStrings:Eligibility=… --ConnectionStrings:Cache=… [--Defect=…]
await WriterProcess.Run(args);
