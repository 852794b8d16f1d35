using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Every argument is a script; each runs in a runspace of its own, and all runspaces are open before the first script runs.
// Output goes to standard output, a line for each object; errors go to standard error by id.
Type[] loaded = [typeof(Amazon.AWSConfigs), typeof(Newtonsoft.Json.JsonConvert), typeof(YamlDotNet.Core.Parser)];
foreach (var type in loaded)
    Console.WriteLine($"host {type.Assembly.GetName().Name}");

var runspaces = args.Select(_ => RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2())).ToArray();
foreach (var runspace in runspaces)
    runspace.Open();
var failed = false;
foreach (var (script, runspace) in args.Zip(runspaces))
{
    using var shell = PowerShell.Create(runspace);
    try
    {
        foreach (var line in shell.AddScript(script).Invoke())
            Console.WriteLine(line);
    }
    catch (RuntimeException exception)
    {
        Console.Error.WriteLine(exception.ErrorRecord.FullyQualifiedErrorId);
        Console.Error.WriteLine(exception);
        failed = true;
    }

    foreach (var error in shell.Streams.Error)
        Console.Error.WriteLine(error.FullyQualifiedErrorId);
    failed |= shell.Streams.Error.Count > 0;
}

foreach (var runspace in runspaces)
    runspace.Dispose();
return failed ? 1 : 0;
