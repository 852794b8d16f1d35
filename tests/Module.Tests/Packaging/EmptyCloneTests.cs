using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Packaging;

/// <summary>
/// What README tells a newcomer to type, word for word, in an empty clone, for a user who has nothing fetched or cached yet.
/// </summary>
public sealed partial class EmptyCloneTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Clone => Path.Combine(_folder.Path, "clone");

    [Fact(Explicit = true)]
    public async Task The_two_commands_of_README_work()
    {
        var commands = CommandOfReadme.Matches(File.ReadAllText(RepositoryRoot.Combine("README.md"))).Select(match => match.Value).ToList();
        Assert.Equal(["Demo", "Test"], commands.Select(command => command.Split(' ')[^1]));
        var cloned = await new PwshProcess { Timeout = TimeSpan.FromMinutes(2) }.RunProgramAsync(
            "git", "clone", "--quiet", RepositoryRoot.Path, Clone);
        Assert.Equal((0, string.Empty), (cloned.ExitCode, cloned.Error));

        foreach (var command in commands)
        {
            var result = await RunAsync(command);

            Assert.True(result.ExitCode == 0, $"{command}\n{result.Output}\n{result.Error}");
        }

        Assert.True(File.Exists(Path.Combine(Clone, "artifacts", "demo", "dashboard.html")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Clone, "artifacts", "tests")));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProcessResult> RunAsync(string command)
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder.Path, "home")).FullName;
        var shell = new PwshProcess
        {
            WorkingDirectory = Clone,
            Timeout = TimeSpan.FromMinutes(60),
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["HOME"] = home,
                ["USERPROFILE"] = home,
                ["DOTNET_CLI_HOME"] = home,
                ["XDG_CACHE_HOME"] = null,
                ["NUGET_PACKAGES"] = null,
                ["LOYALTY_TEST_CACHE"] = null,
                ["LOYALTY_TEST_DEPTH"] = null,
                ["LOYALTY_TEST_PWSH"] = null,
            },
        };
        return OperatingSystem.IsWindows() ? shell.RunProgramAsync("cmd", "/c", command) : shell.RunProgramAsync("sh", "-c", command);
    }

    [GeneratedRegex(@"(?<=^```\n)dotnet tool exec .*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandOfReadme { get; }
}
