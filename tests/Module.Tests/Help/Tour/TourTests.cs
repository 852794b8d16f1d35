using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Tests.Notification;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Module.Tests.Support;
using LoyaltyPipeline.TestSupport;

namespace LoyaltyPipeline.Module.Tests.Help.Tour;

/// <summary>
/// README's tour in the real PowerShell, from an empty folder and word for word: what it shows is what is seen. With UPDATE_TOUR=1 README is
/// given what is seen.
/// </summary>
[Unix("A terminal is made by script(1).", Linux = true)]
public sealed partial class TourTests : IAsyncDisposable
{
    private const string Suppressed = "43";

    // How long a thing took, sizes of files, and what differs between runs and places.
    private const string Varying =
        @"\b[0-9a-f]{20,64}\b|\b\d{8}T\d{9}-[0-9a-f]{4}\b|\d{4}-\d\d-\d\d \d\d:\d\d(?= UTC)|(?<="": "")\d{4}-\d\d-\d\dT[\d:]+Z"
        + @"|(?<=^Disk +: ).+|(?<= {4})\d+\.\d\d$";

    private static readonly JsonSerializerOptions ToRead = new() { WriteIndented = true };

    private readonly ScratchFolder _folder = new();
    private readonly LoopbackHttp _channel = new();

    private static string Readme => RepositoryRoot.Combine("README.md");

    [GeneratedRegex(
        @"```(?<kind>powershell|json) tour\n(?<code>(?:(?!```).*\n)*)```\n(?:\n```text\n(?<shown>(?:(?!```).*\n)*)```\n)?",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Block { get; }

    [GeneratedRegex(Varying, RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Changing { get; }

    [GeneratedRegex(@"PATH=\S+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SearchPath { get; }

    [GeneratedRegex(@"(\S*dotnet(\.exe)? )?/\S*/pwsh(\.dll|\.exe)?(?= -No)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shell { get; }

    [GeneratedRegex(@"[ \r]+$", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LastBlanks { get; }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_shows_what_is_seen()
    {
        var text = (await File.ReadAllTextAsync(Readme, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var blocks = Block.Matches(text);
        Assert.NotEmpty(blocks);
        var seen = new Queue<string>(await TypeAsync([.. blocks.Where(IsCode).Select(block => block.Groups["code"].Value)]));
        var told = new Queue<string>(_channel.Requests.Select(request => Elsewhere(Indented(request.Body))));

        var toured = Block.Replace(text, block => Shown(block, IsCode(block) ? seen.Dequeue() : told.Dequeue()));

        if (Environment.GetEnvironmentVariable("UPDATE_TOUR") == "1")
            await File.WriteAllTextAsync(Readme, toured, TestContext.Current.CancellationToken);
        else
            Assert.Equal(Plain(text), Plain(toured));
        Assert.Empty(told);
        Assert.Contains(Suppressed, Delivered("2026-06-29"));
        Assert.DoesNotContain(Suppressed, Delivered("2026-06-30"));
        Assert.All(text.Split('\n').SkipWhile(line => line != "## A tour"), line => Assert.DoesNotContain(_folder.Path, line));
    }

    private static bool IsCode(Match block) => block.Groups["kind"].Value == "powershell";

    private static string Indented(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json), ToRead);

    private static string Shown(Match block, string seen) => IsCode(block)
        ? $"```powershell tour\n{block.Groups["code"].Value}```\n" + (seen.Length == 0 ? "" : $"\n```text\n{seen}\n```\n")
        : $"```json tour\n{seen}\n```\n";

    private static string Plain(string text) => Changing.Replace(text, "…");

    // The users whom Marketing has been sent for a day.
    private IReadOnlyList<string> Delivered(string day)
    {
        var file = Directory.GetFiles(Path.Combine(_folder.Path, "place/drop/Marketing"), "part-00001.csv.gz", SearchOption.AllDirectories)
            .Single(path => path.Contains($"run_date={day}", StringComparison.Ordinal));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Split(',')[0])];
    }

    private async Task<IReadOnlyList<string>> TypeAsync(IReadOnlyList<string> blocks)
    {
        var modules = Directory.CreateDirectory(Path.Combine(_folder.Path, "modules")).FullName;
        SymbolicLink.ToFolder(Path.Combine(modules, "LoyaltyPipeline"), RepositoryRoot.Path);
        var place = Directory.CreateDirectory(Path.Combine(_folder.Path, "place")).FullName;
        MakeOldWarehouse(Path.Combine(place, "2024.duckdb"));
        var (typed, seen) = (Path.Combine(_folder.Path, "typed.json"), Path.Combine(_folder.Path, "seen.json"));
        var here = blocks.Select(block => block.Replace("https://alerts.example.com/loyalty", $"{_channel.Address}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(typed, JsonSerializer.Serialize(here), TestContext.Current.CancellationToken);
        var (program, arguments) = PowerShellTool.Command();
        var result = await new PwshProcess
        {
            WorkingDirectory = place,
            Timeout = TimeSpan.FromMinutes(4),
            Environment = new Dictionary<string, string?> { ["PSModulePath"] = modules },
        }.RunPwshAsync(
            "-NonInteractive", "-Command",
            $"& '{RepositoryRoot.Combine("tests/Module.Tests/Help/Tour/Typist.ps1")}' -Blocks '{typed}' -Seen '{seen}' "
            + $"-PowerShell {string.Join(',', arguments.Prepend(program).Select(word => $"'{word}'"))}");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return [.. JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(seen, TestContext.Current.CancellationToken))!
            .Select(Elsewhere)];
    }

    // As if it were a server's.
    private string Elsewhere(string text) => Shell.Replace(
        SearchPath.Replace(
            LastBlanks.Replace(text.ReplaceLineEndings("\n"), string.Empty)
                .Replace(Path.Combine(_folder.Path, "place"), "/srv/loyalty", StringComparison.Ordinal)
                .Replace(Path.Combine(_folder.Path, "modules"), "/opt", StringComparison.Ordinal)
                .Replace($"\"{Environment.MachineName}\"", "\"server\"", StringComparison.Ordinal),
            "PATH=/usr/local/bin:/usr/bin:/bin"),
        "/usr/bin/pwsh");

    // As the first release made it.
    private static void MakeOldWarehouse(string file)
    {
        using var session = ModuleRunspace.WithProbes();
        session.Set("script", File.ReadAllText(RepositoryRoot.Combine("tests/Core.Tests/Schema/first-schema.sql")));
        session.Run($"$null = Connect-LoyaltyWarehouse '{file}'; Invoke-ProbeSql $script; Disconnect-LoyaltyWarehouse").Succeeded();
    }
}
