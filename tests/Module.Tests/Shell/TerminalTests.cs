using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

/// <summary>What happens only on a terminal: colours, progress, questions and the prompt.</summary>
public sealed partial class TerminalTests : IDisposable
{
    private const string CtrlC = "\u0003";

    private const string ShowProgress = """
        [CmdletBinding()]param()
        $p = [System.Management.Automation.ProgressRecord]::new(1, 'Loading', 'USER_ACTIVITY')
        $p.SecondsRemaining = 75
        foreach ($i in 0..99) { $p.PercentComplete = $i; $PSCmdlet.WriteProgress($p); [Threading.Thread]::Sleep(10) }
        'in between'
        $PSCmdlet.WriteProgress($p)
        $p.RecordType = 'Completed'
        $PSCmdlet.WriteProgress($p)
        'done'
        """;

    private readonly ScratchFolder _folder = new();

    public TerminalTests() =>
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "Needs the command script of util-linux for a pseudo-terminal.");

    [Theory]
    [InlineData("", "xterm-256color", true)]
    [InlineData("1", "xterm-256color", false)]
    [InlineData("", "dumb", false)]
    public async Task Colours_are_for_terminals_that_want_them(string noColour, string term, bool expected)
    {
        var script = _folder.Write("run.ps1", "[CmdletBinding()]param() $PSCmdlet.WriteWarning('careful'); [pscustomobject]@{ First = 1 }; Get-Nothing");
        using var shell = Shell(noColour, term).StartShellOnTerminal(script);

        var result = await shell.WaitAsync();

        Assert.Equal(expected, result.Output.Contains("\e[33;1mWARNING: careful\e[0m", StringComparison.Ordinal));
        Assert.Equal(expected, result.Output.Contains("\e[32;1mFirst", StringComparison.Ordinal));
        Assert.Equal(expected, result.Output.Contains("\e[31;1mGet-Nothing:", StringComparison.Ordinal));
        Assert.Equal(expected, Colour().IsMatch(result.Output));
    }

    [Fact]
    public async Task Progress_is_one_line_drawn_now_and_then_and_gone_before_other_output()
    {
        using var shell = Shell().StartShellOnTerminal(_folder.Write("progress.ps1", ShowProgress));

        var result = await shell.WaitAsync();

        var draws = Regex.Count(result.Output, @"\r\e\[KLoading: USER_ACTIVITY \d+ %, 00:01:15 left", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.InRange(draws, 2, 15); // a hundred updates in a second or two
        Assert.Contains("left\r\e[Kin between\r\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(in between\r\n|\r\e\[K)done\r\n$", result.Output);
    }

    [Fact]
    public async Task The_prompt_runs_commands_until_exit()
    {
        using var shell = Shell().StartShellOnTerminal();
        await shell.WaitForTextAsync("not a full PowerShell");
        await shell.WaitForTextAsync("PS ");

        shell.Type("'a' +\r");
        await shell.WaitForTextAsync(">> ");
        shell.Type("'b' + 'c'\r");
        await shell.WaitForTextAsync("\nabc\r\n");
        shell.Type("6 * 8\u007f7\r"); // a correction: 6 * 7
        await shell.WaitForTextAsync("\n42\r\n");
        shell.Type("\e[A\r"); // the line before, again
        await shell.WaitForTextAsync("\n42\r\n", behind: "\n42\r\n");
        shell.Type("Get-Nothing\r");
        await shell.WaitForTextAsync("is not recognized");
        shell.Type("exit 9\r");

        Assert.Equal(9, (await shell.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_returns_to_the_prompt()
    {
        using var shell = Shell().StartShellOnTerminal("-NoLogo");
        await shell.WaitForTextAsync("PS ");

        shell.Type("'thrown' + 'away'" + CtrlC);
        await shell.WaitForTextAsync("^C");
        shell.Type("'run' + 'ning'; while ($true) { [Threading.Thread]::Sleep(20) }\r");
        await shell.WaitForTextAsync("running\r\n");
        shell.Type(CtrlC);
        await shell.WaitForTextAsync("PS ", behind: "running\r\n");
        shell.Type("'still' + 'here'\r");
        await shell.WaitForTextAsync("stillhere\r\n");
        shell.Type("exit\r");

        var result = await shell.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("thrownaway", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_script_also_at_a_question()
    {
        using var shell = Shell().StartShellOnTerminal("-c", "'asking'; $host.UI.ReadLine(); 'went on'");
        await shell.WaitForTextAsync("asking");
        await Task.Delay(500, TestContext.Current.CancellationToken);

        shell.Type(CtrlC);

        var result = await shell.WaitAsync();
        Assert.Equal(130, result.ExitCode);
        Assert.DoesNotContain("went on", result.Output, StringComparison.Ordinal);
    }

    /// <summary>The engine leaves a native command that owns the terminal alone; the terminal's signal reaches it as well as the shell.</summary>
    [Fact]
    public async Task Ctrl_C_ends_a_native_command_and_the_script_that_waits_for_it()
    {
        using var shell = Shell().StartShellOnTerminal(
            "-c", "try { sh -c 'echo working; exec sleep 300' } finally { $host.UI.WriteLine('cleaned up') }; 'went on'");
        await shell.WaitForTextAsync("working");

        shell.Type(CtrlC);

        var result = await shell.WaitAsync();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("cleaned up", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("went on", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_are_asked_and_secrets_hidden()
    {
        using var shell = Shell().StartShellOnTerminal(_folder.Write("ask.ps1", """
            [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]param([Parameter(Mandatory)][int]$Id)
            if ($PSCmdlet.ShouldProcess("user $Id", 'Erase')) { "erased $Id" }
            $credential = $host.UI.PromptForCredential('Login', 'Who are you?', '', 'target')
            "$($credential.UserName) $($credential.GetNetworkCredential().Password.Length)"
            """));

        await shell.WaitForTextAsync("Id: ");
        shell.Type("seven\r");
        await shell.WaitForTextAsync("'seven' is not a value of the type Int32.");
        shell.Type("7\r");
        await shell.WaitForTextAsync("Performing the operation \"Erase\" on target \"user 7\".");
        shell.Type("?\r");
        await shell.WaitForTextAsync("Y - Continue with only the next step");
        shell.Type("y\r");
        await shell.WaitForTextAsync("erased 7");
        await shell.WaitForTextAsync("User: ");
        shell.Type("bob\r");
        await shell.WaitForTextAsync("Password for user bob: ");
        shell.Type("hunter2\r");
        var result = await shell.WaitAsync();

        Assert.Contains("bob 7", result.Output, StringComparison.Ordinal);
        Assert.Contains("*******", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task NonInteractive_never_asks()
    {
        using var shell = Shell().StartShellOnTerminal("-NonInteractive", "-c", "$host.UI.ReadLine()");

        var result = await shell.WaitAsync();

        Assert.Contains("The shell cannot ask for a line", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private static ShellProcess Shell(string noColour = "", string term = "xterm-256color") => new()
    {
        KeepInputOpen = true,
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERM"] = term, ["NO_COLOR"] = noColour },
    };

    [GeneratedRegex(@"\e\[[0-9;]*m", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();
}
