using System.Diagnostics;
using System.Text;
using LoyaltyPipeline.TestSupport;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>
/// A child process: PowerShell, or any program. Its standard streams are redirected; it is killed, and the test fails, when it takes longer
/// than
/// <see cref="Timeout"/>.
/// </summary>
public sealed class PwshProcess
{
    /// <summary>Written to standard input, which is closed afterwards.</summary>
    public string Input { get; init; } = "";

    /// <summary>Leaves standard input open for <see cref="RunningProcess.Type"/>.</summary>
    public bool KeepInputOpen { get; init; }

    public string WorkingDirectory { get; init; } = RepositoryRoot.Path;

    /// <summary>Variables set for the child; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs PowerShell to its end.</summary>
    public static Task<ProcessResult> RunAsync(params IEnumerable<string> arguments) => new PwshProcess().RunPwshAsync(arguments);

    /// <summary>Runs PowerShell to its end.</summary>
    public async Task<ProcessResult> RunPwshAsync(params IEnumerable<string> arguments)
    {
        using var running = StartPwsh(arguments);
        return await running.WaitAsync();
    }

    /// <summary>Runs any program to its end.</summary>
    public async Task<ProcessResult> RunProgramAsync(string program, params IEnumerable<string> arguments)
    {
        using var running = StartProgram(program, arguments);
        return await running.WaitAsync();
    }

    /// <summary>Starts PowerShell and leaves it running.</summary>
    public RunningProcess StartPwsh(params IEnumerable<string> arguments)
    {
        var (program, all) = Command(arguments);
        return StartProgram(program, all);
    }

    /// <summary>
    /// Starts PowerShell on a pseudo-terminal of 80 columns: all it writes, control sequences included, is
    /// <see cref="RunningProcess.Output"/>. Needs the command script of util-linux.
    /// </summary>
    public RunningProcess StartPwshOnTerminal(params IEnumerable<string> arguments)
    {
        var (program, all) = Command(arguments);
        var command = string.Join(' ', all.Prepend(program).Select(Quote));
        return StartProgram("script", "--quiet", "--return", "--flush", "--command", $"stty cols 80 rows 24; exec {command}", "/dev/null");
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
        // What the tests were started with is not what the child is to find.
        start.Environment.Remove("LOYALTY_WAREHOUSE");
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        var running = new RunningProcess(Process.Start(start)!, Timeout);
        running.Type(Input);
        if (!KeepInputOpen)
            running.CloseInput();
        return running;
    }

    // What starts the tests in the background may ignore signals, and children inherit that; a terminal and a service manager do not.
    private static (string Program, IReadOnlyList<string> Arguments) Command(IEnumerable<string> arguments)
    {
        var (program, all) = PowerShellTool.Command(arguments);
        return OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT,HUP,TERM", program, .. all]) : (program, all);
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
