using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class DailyJobTests
{
    [Fact]
    public void Lists_become_one_text_and_switches_have_none() =>
        Assert.Equal(
            ["pwsh.dll", "-NoProfile", "-NonInteractive", "-File", "/m/Daily.ps1", "-Consumer", "A,B", "-Json", "-Warehouse", "/w, x"],
            Job(("Consumer", ["A", "B"]), ("Json", []), ("Warehouse", ["/w, x"])).ToCommand(TaskKind.Cron).Arguments);

    [Fact]
    public void In_Windows_scripts_are_allowed_whatever_the_machine_says() =>
        Assert.Equal(["-ExecutionPolicy", "RemoteSigned"], Job().ToCommand(TaskKind.TaskScheduler).Arguments.Skip(3).Take(2));

    [Theory]
    [InlineData("a\nb", "control character")]
    [InlineData("a\tb", "control character")]
    [InlineData("-Force", "PowerShell takes for a parameter")]
    [InlineData("https://ann:hunter2@host/x", "password, key or token")]
    [InlineData("account=x;password=hunter2", "password, key or token")]
    [InlineData("md:x?motherduck_token=hunter2", "password, key or token")]
    public void What_a_definition_must_not_have_is_refused_and_not_repeated(string value, string why)
    {
        var failure = Assert.Throws<LoyaltyException>(() => Job(("Warehouse", [value])).ToCommand(TaskKind.Cron));

        Assert.Equal("TaskInvalid", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{failure.Message} {failure.Remedy} {failure.Target}", StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_with_a_comma_in_it_is_refused() =>
        Assert.Equal(
            "TaskInvalid",
            Assert.Throws<LoyaltyException>(() => Job(("Landing", ["/a,b", "/c"])).ToCommand(TaskKind.Systemd)).ErrorId);

    private static DailyJob Job(params IEnumerable<(string Name, IReadOnlyList<string> Values)> parameters) => new("/m/Daily.ps1")
    {
        PowerShell = new TaskCommand("/usr/bin/dotnet", ["pwsh.dll"]),
        Parameters = [.. parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Values))],
    };
}
