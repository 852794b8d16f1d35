using System.Diagnostics;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>Runs scripts in a process of their own, whose host has other versions of the module's libraries loaded.</summary>
internal static class FreshProcess
{
    /// <summary>Runs scripts one after the other, each in a runspace of its own.</summary>
    /// <returns>The lines they wrote.</returns>
    public static async Task<string[]> RunAsync(params string[] scripts)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(RepositoryRoot.ProjectOutput("tests/support/ConflictHost", "ConflictHost.dll"));
        foreach (var script in scripts)
            start.ArgumentList.Add(script);
        start.Environment.Remove("LOYALTY_WAREHOUSE");

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
