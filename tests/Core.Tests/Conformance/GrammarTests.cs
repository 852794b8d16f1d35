using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Samples;
using LoyaltyPipeline.Core.Tests.Samples;
using LoyaltyPipeline.Core.Warehouses;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>Every statement that a full run sends is Snowflake's grammar, by the judgement of sqlfluff.</summary>
public sealed partial class GrammarTests
{
    // What sqlfluff 1.4.5 cannot know, each with the reason.
    private static readonly Dictionary<string, string> Unknown = new(StringComparer.Ordinal)
    {
        ["ALTER SESSION SET TIMEZONE"] = "it knows one parameter in a statement; Snowflake takes several",
        ["PUT "] = "PUT is a command of clients, not of the grammar",
        ["REMOVE "] = "it knows REMOVE of a file, not of a folder of the user's stage",
    };

    private static CancellationToken Token => EngineWarehouse.Token;

    [Fact]
    public async Task Every_statement_of_a_full_run_is_Snowflake_grammar()
    {
        Assert.SkipUnless(await RunAsync("--version") is (0, _), "sqlfluff is not installed; apt-get install sqlfluff.");
        await using var test = await EngineWarehouse.CreateAsync(SqlDialect.Snowflake.Engine);
        using var folder = new TemporaryFolder();
        var options = new SampleOptions { Users = 40, Days = 30, Dirty = true };
        await new WarehouseSample(test.Pipeline).WriteFilesAsync(folder.Path, options, compress: false, replace: false, test.Reporter, Token);
        await PipelineConformanceTests.RunAsync(test, folder.Path, Path.Combine(folder.Path, "out"), options.LastDay);
        var statements = test.Server!.Statements.Select(statement => Parameter().Replace(statement.Text, match => match.Value == "?" ? "NULL" : match.Value).Trim())
            .Where(text => !Unknown.Keys.Any(known => text.StartsWith(known, StringComparison.Ordinal)))
            .DistinctBy(text => Literal().Replace(text, "0"), StringComparer.Ordinal)
            .ToList();
        var path = Path.Combine(folder.Path, "statements.sql");
        await File.WriteAllTextAsync(path, string.Join(";\n", statements) + ";\n", Token);
        File.Copy(path, Path.Combine(Path.GetTempPath(), "loyalty-statements.sql"), overwrite: true);

        var (_, output) = await RunAsync("parse", "--dialect", "snowflake", "--format", "json", path);

        Assert.True(statements.Count > 100, $"Only {statements.Count} statements were recorded.");
        Assert.Empty(Unparsable(JsonDocument.Parse(output).RootElement));
    }

    private static IEnumerable<string> Unparsable(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(Unparsable);
        return element.ValueKind != JsonValueKind.Object
            ? []
            : element.EnumerateObject().SelectMany(property => property.Name == "unparsable" ? [property.Value.ToString()] : Unparsable(property.Value));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("sqlfluff", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var output = await process.StandardOutput.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, string.Empty);
        }
    }

    // A text is left as it is; a question mark outside of one is a parameter.
    [GeneratedRegex(@"(?<literal>'(?:[^']|'')*')|\?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"'(?:[^']|'')*'|[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();
}
