using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Reads <c>catalog.yml</c> and refuses what is wrong in it with file, line and reason.</summary>
public static class CatalogReader
{
    private static readonly string[] TableKeys =
        ["name", "kind", "required", "description", "key", "event_time", "counted_by", "extends", "columns"];

    /// <summary>Reads a catalog.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The catalog.</returns>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>: the file is missing, is no YAML or breaks a rule of the catalog.</exception>
    public static LoyaltyCatalog Read(string path)
    {
        var root = YamlFile.Read(path, LoyaltyErrors.CatalogInvalid);
        root.AllowOnly("tables");
        var tables = new List<CatalogTable>();
        var lines = new Dictionary<TableName, YamlMap>();
        foreach (var entry in root.Maps("tables"))
        {
            var table = ReadTable(entry, tables);
            if (!lines.TryAdd(table.Name, entry))
                throw entry.Wrong("name", $"table {table.Name} is declared twice");
            tables.Add(table);
        }

        var catalog = new LoyaltyCatalog(tables);
        foreach (var table in tables)
            CheckReferences(catalog, table, lines[table.Name]);
        return catalog;
    }

    private static CatalogTable ReadTable(YamlMap entry, List<CatalogTable> before)
    {
        entry.AllowOnly(TableKeys);
        var name = ReadTableName(entry, "name");
        var columns = new List<CatalogColumn>();
        if (entry.Has("extends"))
        {
            var parent = ReadTableName(entry, "extends");
            columns.AddRange(before.Find(table => table.Name == parent)?.Columns
                ?? throw entry.Wrong("extends", $"table {name} extends {parent}, which is not declared above it"));
        }

        foreach (var columnEntry in entry.Maps("columns"))
        {
            var column = CatalogColumnReader.Read(columnEntry, name);
            if (columns.Exists(other => other.Name == column.Name))
                throw columnEntry.Wrong("name", $"table {name} has column {column.Name} twice");
            columns.Add(column);
        }

        CatalogColumn Find(string yamlKey, string columnName) => columns.Find(column => column.Name == columnName)
            ?? throw entry.Wrong(yamlKey, $"{yamlKey} of table {name} names {columnName}, which is no column of it");

        var eventTime = entry.Has("event_time") ? Find("event_time", entry.Text("event_time")) : null;
        var countedBy = !entry.Has("counted_by") ? eventTime
            : entry.Text("counted_by") == "none" ? null
            : Find("counted_by", entry.Text("counted_by"));
        RequirePointInTime(entry, name, eventTime);
        RequirePointInTime(entry, name, countedBy);
        return new CatalogTable
        {
            Name = name,
            Kind = entry.Choice<TableKind>("kind"),
            Description = entry.Text("description"),
            Required = entry.Has("required") && entry.Flag("required"),
            Columns = columns,
            Key = entry.Has("key") ? [.. entry.Texts("key").Select(column => Find("key", column))] : [],
            EventTime = eventTime,
            CountedBy = countedBy,
        };
    }

    private static void RequirePointInTime(YamlMap entry, TableName table, CatalogColumn? column)
    {
        if (column is not null && column.Type.DataType is not (DataType.Date or DataType.Timestamp))
            throw entry.Wrong("name", $"table {table} takes its time from {column.Name}, which is {column.Type}, not DATE or TIMESTAMP");
    }

    private static TableName ReadTableName(YamlMap entry, string key)
    {
        var parts = entry.Text(key).Split('.');
        if (parts.Length != 2 || !Array.TrueForAll(parts, Identifier.IsValid))
            throw entry.Wrong(key, $"'{entry.Text(key)}' is no table name; write SCHEMA.TABLE in upper case");
        return new TableName(parts[0], parts[1]);
    }

    private static void CheckReferences(LoyaltyCatalog catalog, CatalogTable table, YamlMap entry)
    {
        foreach (var columnEntry in entry.Maps("columns"))
        {
            var column = table.FindColumn(columnEntry.Text("name"))!;
            if (column.NotBelow is not null && table.FindColumn(column.NotBelow) is null)
                throw columnEntry.Wrong("not_below", $"{table}.{column.Name} must not be below {column.NotBelow}, which is no column of the table");
            if (column.References is { } reference && !Exists(catalog, reference))
                throw columnEntry.Wrong("references", $"{table}.{column.Name} references {reference}, which the catalog does not declare");
            foreach (var from in column.From.Where(from => !Exists(catalog, from)))
                throw columnEntry.Wrong("from", $"{table}.{column.Name} comes from {from}, which the catalog does not declare");
        }
    }

    private static bool Exists(LoyaltyCatalog catalog, ColumnReference reference) => catalog.Tables.Any(table =>
        table.Name == reference.Table && table.Columns.Any(column => column.Name == reference.Column));
}
