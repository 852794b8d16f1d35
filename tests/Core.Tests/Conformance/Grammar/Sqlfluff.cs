using System.Globalization;
using System.Text.Json;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance.Grammar;

/// <summary>Debian's sqlfluff, which knows Snowflake's grammar from elsewhere than this project.</summary>
internal static class Sqlfluff
{
    public const string Version = "1.4.5";

    // It must be told one; this is a cheap one.
    public const string Rule = "L001";

    // Without a limit of 0 it passes over long files in silence.
    private const string Configuration =
        $"""
        [sqlfluff]
        dialect = snowflake
        templater = raw
        rules = {Rule}
        large_file_skip_byte_limit = 0

        """;

    // What is no SQL in any dialect: were it accepted, nothing would have been checked.
    private const string Nonsense = "SELECT FROM WHERE BY";

    /// <summary>Installs it where that can be done; where it cannot, the test that asks is skipped.</summary>
    public static async Task RequireAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/etc/debian_version"),
            "sqlfluff, which checks the grammar, is installed from Debian only.");
        var installed = await ExternalProgram.RunAsync(
            "bash", [Path.Combine(Repository.Root, "tests", "support", "Sqlfluff", "install.sh")], cancellationToken);
        Assert.SkipUnless(installed.ExitCode == 0, $"sqlfluff, which checks the grammar, is not there: {installed.Errors.Trim()}");
        var version = (await ExternalProgram.RunAsync("sqlfluff", ["--version"], cancellationToken)).Output.Trim();
        Assert.SkipUnless(
            version.EndsWith(Version, StringComparison.Ordinal),
            $"What sqlfluff cannot know is listed for {Version}, and this is {version}.");
    }

    /// <summary>Parses statements as Snowflake would.</summary>
    /// <returns>For each statement that is not Snowflake's grammar, where and why.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> FindErrorsAsync(
        IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".sqlfluff"), Configuration, cancellationToken);
        string[] all = [.. statements, Nonsense];
        for (var index = 0; index < all.Length; index++)
            await File.WriteAllTextAsync(Path.Combine(folder.Path, $"{index}.sql"), $"{all[index]}\n", cancellationToken);

        var result = await ExternalProgram.RunAsync(
            "sqlfluff", ["lint", folder.Path, "--processes", $"{Environment.ProcessorCount}", "--format", "json"], cancellationToken);

        using var report = JsonDocument.Parse(result.Output is { Length: > 0 } output ? output : "[]");
        var errors = report.RootElement.EnumerateArray().Select(file => (Statement: all[NumberOf(file)], Error: ErrorOf(file)))
            .Where(found => found.Error is not null)
            .ToDictionary(found => found.Statement, found => found.Error!, StringComparer.Ordinal);
        Assert.True(errors.Remove(Nonsense), $"sqlfluff accepts nonsense or does not run: {result.Errors}");
        return errors;
    }

    private static int NumberOf(JsonElement file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file.GetProperty("filepath").GetString()!), CultureInfo.InvariantCulture);

    // What the rule says is of no interest.
    private static string? ErrorOf(JsonElement file) =>
        file.GetProperty("violations").EnumerateArray().Where(violation => violation.GetProperty("code").GetString() != Rule)
            .Select(violation => violation.GetProperty("description").GetString()).FirstOrDefault();
}
