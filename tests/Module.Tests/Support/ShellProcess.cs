using System.Diagnostics;
using System.Text;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>
/// A child process: loyalty-shell, or any program. Its standard streams are redirected; it is killed, and the test fails, when it
/// takes longer than <see cref="Timeout"/>.
/// </summary>
public sealed class ShellProcess
{
    /// <summary>Written to standard input, which is closed afterwards.</summary>
    public string Input { get; init; } = "";

    /// <summary>Leaves standard input open for <see cref="RunningProcess.Type"/>.</summary>
    public bool KeepInputOpen { get; init; }

    public string WorkingDirectory { get; init; } = RepositoryRoot.Path;

    /// <summary>Variables set for the child; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The running dotnet's own path, whatever the PATH says.</summary>
    public static string Dotnet { get; } = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs loyalty-shell to its end.</summary>
    public static Task<ProcessResult> RunAsync(params IEnumerable<string> arguments) => new ShellProcess().RunShellAsync(arguments);

    /// <summary>Runs loyalty-shell to its end.</summary>
    public Task<ProcessResult> RunShellAsync(params IEnumerable<string> arguments) =>
        RunProgramAsync(Dotnet, [RepositoryRoot.ShellAssembly, .. arguments]);

    /// <summary>Runs any program to its end.</summary>
    public async Task<ProcessResult> RunProgramAsync(string program, params IEnumerable<string> arguments)
    {
        using var running = StartProgram(program, arguments);
        return await running.WaitAsync();
    }

    /// <summary>Starts loyalty-shell and leaves it running.</summary>
    public RunningProcess StartShell(params IEnumerable<string> arguments) =>
        StartProgram(Dotnet, [RepositoryRoot.ShellAssembly, .. arguments]);

    /// <summary>
    /// Starts loyalty-shell on a pseudo-terminal of 100 columns: all it writes, control sequences included, is <see cref="RunningProcess.Output"/>.
    /// Needs the command script of util-linux.
    /// </summary>
    public RunningProcess StartShellOnTerminal(params IEnumerable<string> arguments)
    {
        var command = string.Join(' ', new[] { Dotnet, RepositoryRoot.ShellAssembly }.Concat(arguments).Select(Quote));
        return StartProgram("script", "--quiet", "--return", "--flush", "--command", $"stty cols 100 rows 30; exec {command}", "/dev/null");
    }

    /// <summary>Starts any program and leaves it running.</summary>
    public RunningProcess StartProgram(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        var running = new RunningProcess(Process.Start(start)!, Timeout);
        running.Type(Input);
        if (!KeepInputOpen)
            running.CloseInput();
        return running;
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
