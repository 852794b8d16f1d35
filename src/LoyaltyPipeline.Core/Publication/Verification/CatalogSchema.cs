using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>The tables that a catalog among the files declares, whatever they are called.</summary>
internal sealed class CatalogSchema
{
    private readonly Dictionary<string, List<string>> _columns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes over the tables of a text that is a catalog; of another one nothing.</summary>
    public void Add(string yaml)
    {
        try
        {
            var root = YamlFile.Parse(yaml, string.Empty, LoyaltyErrors.CatalogInvalid);
            foreach (var table in root.Has("tables") ? root.Maps("tables") : [])
                _columns[table.Text("name")] = [.. Inherited(table), .. table.Maps("columns").Select(Column)];
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.CatalogInvalid)
        {
            // YAML of another purpose, or with other tables than a catalog has: there is nothing to be planned against.
        }
    }

    /// <summary>Makes the tables in an engine of their own.</summary>
    public async Task CreateAsync(EmbeddedEngine engine, CancellationToken cancellationToken)
    {
        foreach (var schema in _columns.Keys.Select(name => name.Split('.')[0]).Distinct(StringComparer.OrdinalIgnoreCase))
            await TryAsync($"CREATE SCHEMA IF NOT EXISTS {schema}");
        foreach (var (name, columns) in _columns)
            await TryAsync($"CREATE TABLE {name} ({string.Join(", ", columns)})");

        async Task TryAsync(string statement)
        {
            try
            {
                await engine.Session.ExecuteAsync(statement, cancellationToken);
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
            {
                // A table that cannot be made is missed by the statements that read it, if by those of the originals it is not.
            }
        }
    }

    private IEnumerable<string> Inherited(YamlMap table) =>
        table.Has("extends") && _columns.TryGetValue(table.Text("extends"), out var columns) ? columns : [];

    private static string Column(YamlMap column) => $"{column.Text("name")} {column.Text("type")}";
}
