using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Queries;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>The SELECT that yields Master, with its placeholders.</summary>
internal sealed partial class MasterScript
{
    private const string RunDatePlaceholder = "run_date";

    private readonly string _path;

    private MasterScript(string path, string text)
    {
        _path = path;
        Text = text;
        Sha256 = TextHash.Sha256(text);
    }

    /// <summary>The text, with comments and placeholders.</summary>
    public string Text { get; }

    /// <summary>Hash of the text, kept in the run log.</summary>
    public string Sha256 { get; }

    public static MasterScript Read(string path)
    {
        try
        {
            return new MasterScript(path, Utf8File.ReadScript(path, LoyaltyErrors.MasterScriptInvalid));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.MasterScriptInvalid.Because($"{path} cannot be read: {exception.Message}", path, cause: exception);
        }
    }

    /// <summary>The SELECT for a day.</summary>
    /// <param name="catalog">The catalog, which knows the sources.</param>
    /// <param name="relations">The subquery of each source.</param>
    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>: a placeholder names no source.</exception>
    public string Render(LoyaltyCatalog catalog, IReadOnlyDictionary<TableName, string> relations, DateOnly runDate) =>
        Placeholder().Replace(AsSubquery(Text), match =>
        {
            var name = match.Groups["name"].Value;
            if (name == RunDatePlaceholder)
                return SqlText.Literal(runDate);
            return catalog.FindSource(name) is { } source && relations.TryGetValue(source.Name, out var relation)
                ? relation
                : throw LoyaltyErrors.MasterScriptInvalid.Because($"{_path} reads {{{name}}}, which is no source of the catalog.", _path);
        });

    /// <summary>Makes sure that no personal data gets into Master unsaid.</summary>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>: the SELECT puts some into a column of which the catalog says nothing;
    /// <c>MasterScriptInvalid</c>: a placeholder names no source.</exception>
    public void DemandDeclared(LoyaltyCatalog catalog) => UndeclaredPersonalData.Refuse(
        catalog, catalog.Master,
        Render(catalog, catalog.Sources.ToDictionary(source => source.Name, source => source.Name.ToString()), new DateOnly(2000, 1, 1)), _path);

    /// <summary>After a failure: finds out whether it is the script's, which the engine then cannot even plan.</summary>
    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>.</exception>
    public async Task CheckPlanAsync(IWarehouseSession session, string query, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(session.Dialect.Explain(query), cancellationToken);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            throw LoyaltyErrors.MasterScriptInvalid.Because($"{_path} cannot be run: {failure.Message}", _path, cause: failure);
        }
    }

    /// <summary>Checks that the script yields just the columns of Master, with their types.</summary>
    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>.</exception>
    public void CheckColumns(CatalogTable master, SqlDialect dialect, IReadOnlyDictionary<string, string> made)
    {
        foreach (var column in master.Columns)
        {
            if (!made.TryGetValue(column.Name, out var type))
                throw Wrong($"does not yield the column {column.Name} of {master}");
            if (!dialect.IsStoredAs(column.Type, type))
                throw Wrong($"yields {column.Name} as {type}, but the catalog says {column.Type}");
        }

        foreach (var name in made.Keys.Where(name => master.FindColumn(name) is null))
            throw Wrong($"yields the column {name}, which the catalog does not describe");
    }

    private LoyaltyException Wrong(string what) => LoyaltyErrors.MasterScriptInvalid.Because($"{_path} {what}.", _path);

    // A placeholder in a comment is an explanation, not a read. A semicolon, or a comment in the last line, would end the parenthesis round
    // the SELECT.
    private static string AsSubquery(string text) => $"{Comment().Replace(text, string.Empty).TrimEnd().TrimEnd(';')}\n";

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_.]*)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        @"^\s*--[^\n]*(\n|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
