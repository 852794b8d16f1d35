using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Publication;
using LoyaltyPipeline.Core.Publication.Languages;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Publication;

/// <summary>A folder with files, their copies and the map, with short forms of what tests do with them.</summary>
internal sealed partial class PublicationFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-test-");

    public RecordingReporter Reporter { get; } = new();

    public string Source => Path.Combine(_folder.FullName, "source");

    public string Copies => Path.Combine(_folder.FullName, "copies");

    public string Map => Path.Combine(_folder.FullName, "private", "map.csv");

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void CopyFrom(string folder, string name)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Write(Path.Combine(name, Path.GetRelativePath(folder, file)), File.ReadAllBytes(file));
    }

    public Task<PublicationPlan> PlanAsync(Func<PublicationOptions, PublicationOptions>? change = null)
    {
        var options = new PublicationOptions([Source], Copies, Map, Read);
        return ScriptPublisher.PlanAsync(change?.Invoke(options) ?? options, Reporter, TestContext.Current.CancellationToken);
    }

    /// <summary>Publishes what is there; a file that cannot be is an error.</summary>
    public async Task<PublicationPlan> PublishAsync(Func<PublicationOptions, PublicationOptions>? change = null)
    {
        var plan = await PlanAsync(change);
        Assert.Empty(plan.Problems);
        plan.WriteMap(TestContext.Current.CancellationToken);
        foreach (var copy in plan.Copies)
            copy.Write(TestContext.Current.CancellationToken);
        return plan;
    }

    /// <summary>Publishes one text.</summary>
    public async Task<string> PublishAsync(string name, string content, Func<PublicationOptions, PublicationOptions>? change = null)
    {
        var path = Write(name, content);
        var plan = await PublishAsync(change);
        return await File.ReadAllTextAsync(
            plan.Copies.Single(copy => copy.File.Path == path).File.Destination, TestContext.Current.CancellationToken);
    }

    public Task<IReadOnlyList<VerifiedCopy>> VerifyAsync() =>
        PublicationVerifier.VerifyAsync([Copies], Map, Read, Reporter, TestContext.Current.CancellationToken);

    /// <summary>What is found in the copies.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync() =>
        [.. (await VerifyAsync()).SelectMany(copy => copy.Findings).Select(finding => finding.Message)];

    /// <summary>Restores the copies beside them.</summary>
    public string Restore()
    {
        var back = Path.Combine(_folder.FullName, "back");
        foreach (var original in ScriptRestorer.Plan([Copies], back, Map, Reporter).Copies)
            original.Write(TestContext.Current.CancellationToken);
        return back;
    }

    /// <summary>The bytes of each file of a folder, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Files(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(
            file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);

    /// <summary>PowerShell as far as these tests write it; its own parser is tried where there is one.</summary>
    public static IReadOnlyList<ScriptToken> Read(string script) => [.. Stretch().Matches(script).Select(match =>
    {
        var (kind, group) = match.Groups["name"].Success ? (ScriptTokenKind.Name, match.Groups["name"])
            : match.Groups["text"].Success ? (ScriptTokenKind.Text, match.Groups["text"])
            : (ScriptTokenKind.Comment, match.Groups["comment"]);
        return new ScriptToken(kind, group.Index, group.Length);
    })];

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex(@"'(?<text>[^']*)'|\$(?<name>\w+)|(?<comment>#[^\r\n]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stretch();
}
