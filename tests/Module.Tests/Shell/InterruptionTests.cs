using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

public sealed class InterruptionTests : IDisposable
{
    private const string Endless = "try { 'working'; while ($true) { [Threading.Thread]::Sleep(20) } } finally { $host.UI.WriteLine('cleaned up') }; 'went on'";

    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_script_is_stopped_and_cleans_up(string signal, int expected)
    {
        await AssertStopped(signal, expected, _folder.Write("endless.ps1", Endless));
    }

    [Fact]
    public async Task A_command_is_stopped_and_cleans_up() => await AssertStopped("INT", 130, "-Command", Endless);

    [Fact]
    public async Task A_script_that_will_not_stop_is_ended_a_few_seconds_after_a_request_to_terminate()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send.");
        using var shell = new ShellProcess { Timeout = TimeSpan.FromSeconds(30) }
            .StartShell("-Command", "'working'; [Threading.Thread]::Sleep(300000)");
        await shell.WaitForTextAsync("working");

        await shell.SignalAsync("TERM");

        Assert.Equal(143, (await shell.WaitAsync()).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AssertStopped(string signal, int expected, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send.");
        using var shell = new ShellProcess { Timeout = TimeSpan.FromSeconds(30) }.StartShell(arguments);
        await shell.WaitForTextAsync("working");

        await shell.SignalAsync(signal);
        var result = await shell.WaitAsync();

        Assert.Equal(expected, result.ExitCode);
        Assert.Equal(["working", "cleaned up"], result.OutputLines);
        Assert.Empty(result.Error);
    }
}
