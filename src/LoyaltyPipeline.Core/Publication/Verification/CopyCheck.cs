using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Publication.Languages;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>Whether a copy says the same as what it was made of.</summary>
/// <param name="restore">Puts original names back.</param>
internal sealed class CopyCheck(string path, Func<string, string> restore)
{
    /// <summary>How many statements were planned alike.</summary>
    public int Planned { get; private set; }

    /// <summary>Checks SQL.</summary>
    /// <param name="copies">The engine with the tables that the copies declare.</param>
    /// <param name="originals">The engine with those that they are made of.</param>
    public async Task<LoyaltyException?> OfSqlAsync(
        string copy, StatementPlans copies, StatementPlans originals, CancellationToken cancellationToken)
    {
        var (after, before) = (ScriptStatements.Of(copy), ScriptStatements.Of(restore(copy)));
        if (after.Count != before.Count)
            return Changed($"it has {after.Count} statements, and {before.Count} are expected");
        for (var at = 0; at < after.Count; at++)
        {
            var trees = DuckDbParser.Parse(before[at], after[at]);
            if (StatementTree.Difference(trees[0], trees[1], restore) is { } difference)
                return Changed($"statement {at + 1} is another one: {Short(difference)}");
            var expected = await originals.ExplainAsync(before[at], cancellationToken);
            var found = await copies.ExplainAsync(after[at], cancellationToken);
            if (expected.Plan is not null && found.Plan != expected.Plan)
                return Changed($"statement {at + 1} is planned otherwise: {Short(found.Problem ?? found.Plan!)}");
            Planned += expected.Plan is null ? 0 : 1;
        }

        return null;
    }

    /// <summary>Checks YAML.</summary>
    public LoyaltyException? OfYaml(string copy) => Count(copy) is var found && Count(restore(copy)) is var expected && found == expected
        ? null
        : Changed($"it has {found} keys and values, and {Count(restore(copy))} are expected");

    /// <summary>Checks PowerShell.</summary>
    public LoyaltyException? OfPowerShell(string copy, Func<string, IReadOnlyList<ScriptToken>> read) =>
        read(copy).Count is var found && read(restore(copy)).Count is var expected && found == expected
            ? null
            : Changed($"it has {found} names, texts and comments, and others are expected");

    private static int Count(string yaml)
    {
        try
        {
            return YamlScalars.In(yaml).Count;
        }
        catch (FormatException)
        {
            return -1;
        }
    }

    /// <summary>What is said of a copy that is not what it was made as.</summary>
    public LoyaltyException Changed(string reason) => LoyaltyErrors.PublicationChanged.Because($"{path}: {reason}.", path);

    private static string Short(string text)
    {
        const int Longest = 200;
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
