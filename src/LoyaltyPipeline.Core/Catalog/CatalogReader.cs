using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Reads <c>catalog.yml</c> and refuses what is wrong in it with file, line and reason.</summary>
public static class CatalogReader
{
    private static readonly string[] TableKeys =
        ["name", "kind", "required", "description", "key", "event_time", "counted_by", "fresh_within", "extends", "reads", "masks",
            "query", "columns"];

    /// <summary>Reads a catalog.</summary>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>: the file is missing, is no YAML or breaks a rule of the
    /// catalog.</exception>
    public static LoyaltyCatalog Read(string path)
    {
        var root = YamlFile.Read(path, LoyaltyErrors.CatalogInvalid);
        root.AllowOnly("tables");
        var tables = new List<CatalogTable>();
        var lines = new Dictionary<TableName, YamlMap>();
        foreach (var entry in root.Maps("tables"))
        {
            var table = ReadTable(entry, tables, Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (!lines.TryAdd(table.Name, entry))
                throw entry.Wrong("name", $"table {table.Name} is declared twice");
            tables.Add(table);
        }

        foreach (var needed in LoyaltyCatalog.NeededTables.Where(needed => !tables.Exists(table => table.Name == needed)))
            throw root.Wrong("tables", $"the catalog declares no table {needed}");
        var catalog = new LoyaltyCatalog(tables);
        foreach (var table in tables)
            CheckReferences(catalog, table, lines[table.Name]);
        return catalog;
    }

    private static CatalogTable ReadTable(YamlMap entry, List<CatalogTable> before, string folder)
    {
        entry.AllowOnly(TableKeys);
        var name = ReadTableName(entry, "name");
        var columns = new List<CatalogColumn>();
        if (entry.Has("masks"))
            columns.AddRange(ReadMasked(entry, name, before));
        else if (entry.Has("extends"))
            columns.AddRange(ReadInherited(entry, name, before));

        foreach (var columnEntry in entry.Maps("columns"))
        {
            var column = CatalogColumnReader.Read(columnEntry, name);
            if (columns.Exists(other => other.Name == column.Name))
                throw columnEntry.Wrong("name", $"table {name} has column {column.Name} twice");
            columns.Add(column);
        }

        if (columns.Count == 0)
            throw entry.Wrong("columns", $"table {name} has no column");

        CatalogColumn Find(string yamlKey, string columnName) => columns.Find(column => column.Name == columnName)
            ?? throw entry.Wrong(yamlKey, $"{yamlKey} of table {name} names {columnName}, which is no column of it");

        var eventTime = entry.Has("event_time") ? Find("event_time", entry.Text("event_time")) : null;
        var countedBy = !entry.Has("counted_by") ? eventTime
            : entry.Text("counted_by") == "none" ? null
            : Find("counted_by", entry.Text("counted_by"));
        RequirePointInTime(entry, "event_time", name, eventTime);
        RequirePointInTime(entry, "counted_by", name, countedBy);
        var kind = entry.Choice<TableKind>("kind");
        List<CatalogColumn> key = entry.Has("key") ? [.. entry.Texts("key").Select(column => Find("key", column))] : [];
        CheckKey(entry, name, kind, key);
        CheckMasked(entry, name, kind, key);
        return new CatalogTable
        {
            Name = name,
            Kind = kind,
            Description = entry.Text("description"),
            Required = entry.Has("required") && entry.Flag("required"),
            Columns = columns,
            Key = key,
            EventTime = eventTime,
            CountedBy = countedBy,
            FreshWithin = ReadFreshWithin(entry, name, countedBy ?? eventTime),
            Masks = entry.Has("masks") ? ReadTableName(entry, "masks") : null,
            Query = ReadQuery(entry, name, kind, folder),
        };
    }

    // Each is made of the column that it repeats.
    private static IEnumerable<CatalogColumn> ReadInherited(YamlMap entry, TableName name, List<CatalogTable> before)
    {
        var parent = FindAbove("extends", entry, name, before);
        var read = entry.Has("reads") ? FindAbove("reads", entry, name, before) : parent;
        return Repeat(parent, read.Name);
    }

    private static IEnumerable<CatalogColumn> ReadMasked(YamlMap entry, TableName name, List<CatalogTable> before)
    {
        var masked = FindAbove("masks", entry, name, before);
        return masked.Kind == TableKind.Warehouse
            ? Repeat(masked, masked.Name)
            : throw entry.Wrong("masks", $"view {name} masks {masked}, which is no table of the pipeline");
    }

    private static IEnumerable<CatalogColumn> Repeat(CatalogTable table, TableName read) =>
        table.Columns.Select(column => column with { From = [new ColumnReference(read, column.Name)] });

    private static CatalogTable FindAbove(string key, YamlMap entry, TableName name, List<CatalogTable> before)
    {
        var wanted = ReadTableName(entry, key);
        return before.Find(table => table.Name == wanted)
            ?? throw entry.Wrong(key, $"table {name} {key} {wanted}, which is not declared above it");
    }

    private static void CheckMasked(YamlMap entry, TableName name, TableKind kind, List<CatalogColumn> key)
    {
        if (!entry.Has("masks"))
            return;
        if (kind != TableKind.View)
            throw entry.Wrong("masks", $"{name} masks a table but is no view");
        if (entry.Has("query") || entry.Has("extends") || entry.Maps("columns").Any())
            throw entry.Wrong(
                "masks",
                $"view {name} has the columns of what it masks, and a query of its own making; take away query, extends and columns");
        if (key.Find(column => column.PersonalData != PersonalData.None) is { } personal)
            throw entry.Wrong("key", $"key of view {name} names {personal.Name}, which is personal data and may be left out of it");
    }

    private static int? ReadFreshWithin(YamlMap entry, TableName table, CatalogColumn? time)
    {
        if (!entry.Has("fresh_within"))
            return null;
        if (time is null)
            throw entry.Wrong("fresh_within", $"table {table} has fresh_within but no event_time");
        return int.TryParse(entry.Text("fresh_within"), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            ? days
            : throw entry.Wrong("fresh_within", $"'{entry.Text("fresh_within")}' is no number of days");
    }

    private static string? ReadQuery(YamlMap entry, TableName name, TableKind kind, string folder)
    {
        if (kind != TableKind.View)
            return entry.Has("query") ? throw entry.Wrong("query", $"{name} has a query but is no view") : null;
        if (entry.Has("masks"))
            return null;
        try
        {
            return Utf8File.ReadScript(Path.Combine(folder, entry.Text("query")), LoyaltyErrors.CatalogInvalid).Trim().TrimEnd(';');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw entry.Wrong("query", $"the query of view {name} cannot be read: {exception.Message}");
        }
    }

    private static void CheckKey(YamlMap entry, TableName table, TableKind kind, List<CatalogColumn> key)
    {
        if (key.Count == 0 && (kind == TableKind.Source || LoyaltyCatalog.NeededTables.Contains(table)))
            throw entry.Wrong("key", $"table {table} needs a key");
        if (key.Find(column => column.Nullable) is { } nullable)
            throw entry.Wrong("key", $"key of table {table} names {nullable.Name}, which is nullable");
        if (key.Distinct().Count() != key.Count)
            throw entry.Wrong("key", $"key of table {table} names a column twice");
    }

    private static void RequirePointInTime(YamlMap entry, string yamlKey, TableName table, CatalogColumn? column)
    {
        if (column is not null && column.Type.DataType is not (DataType.Date or DataType.Timestamp))
            throw entry.Wrong(yamlKey, $"table {table} takes its time from {column.Name}, which is {column.Type}, not DATE or TIMESTAMP");
    }

    private static TableName ReadTableName(YamlMap entry, string key)
    {
        var parts = entry.Text(key).Split('.');
        if (parts.Length != 2 || !Array.TrueForAll(parts, Identifier.IsValid))
            throw entry.Wrong(key, $"'{entry.Text(key)}' is no table name; write SCHEMA.TABLE in upper case");
        if (Array.Find(parts, Identifier.IsReserved) is { } reserved)
            throw entry.Wrong(key, $"'{entry.Text(key)}' is no table name: {reserved} is a word of SQL; write another, such as {reserved}_");
        return new TableName(parts[0], parts[1]);
    }

    private static void CheckReferences(LoyaltyCatalog catalog, CatalogTable table, YamlMap entry)
    {
        if (entry.Has("reads") && !entry.Has("extends"))
            throw entry.Wrong("reads", $"table {table} says what it reads, which is for the columns of extends, and extends nothing");
        var own = entry.Maps("columns").Select(columnEntry => columnEntry.Text("name")).ToHashSet(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => !own.Contains(column.Name)))
            CheckInherited(catalog, table, column, entry);
        foreach (var columnEntry in entry.Maps("columns"))
        {
            var column = table.FindColumn(columnEntry.Text("name"))!;
            // What is not said to be made of anything would be sent to consumers as it is.
            if (table == catalog.Master && !columnEntry.Has("from"))
                throw columnEntry.Wrong(
                    "name", $"{table}.{column.Name} does not say what it is made of; write from: with the columns, or from: [] where it is made of none");
            if (column.NotBelow is not null && table.Columns.FirstOrDefault(other => other.Name == column.NotBelow)?.Type != column.Type)
                throw columnEntry.Wrong(
                    "not_below",
                    $"{table}.{column.Name} must not be below {column.NotBelow}, which is no {column.Type} column of the table");
            if (column.References is { } reference)
                CheckReference(catalog, table, column, reference, columnEntry);
            foreach (var from in column.From.Where(from => Find(catalog, from) is null))
                throw columnEntry.Wrong("from", $"{table}.{column.Name} comes from {from}, which the catalog does not declare");
            CheckPrivacy(catalog, table, column, columnEntry);
        }
    }

    private static void CheckInherited(LoyaltyCatalog catalog, CatalogTable table, CatalogColumn column, YamlMap entry)
    {
        foreach (var from in column.From)
        {
            var made = Find(catalog, from)
                ?? throw entry.Wrong("reads", $"table {table} reads {from.Table}, which has no column {column.Name}");
            if (made.PersonalData != column.PersonalData)
                throw entry.Wrong(
                    entry.Has("reads") ? "reads" : "extends",
                    $"{table}.{column.Name} is {Word(column.PersonalData)} as extends says, but {from} is {Word(made.PersonalData)}");
        }
    }

    private static void CheckReference(
        LoyaltyCatalog catalog, CatalogTable table, CatalogColumn column, ColumnReference reference, YamlMap entry)
    {
        var target = Find(catalog, reference)
            ?? throw entry.Wrong("references", $"{table}.{column.Name} references {reference}, which the catalog does not declare");
        if (target.Type != column.Type)
            throw entry.Wrong("references", $"{table}.{column.Name} is {column.Type} but references {reference}, which is {target.Type}");
        if (column.RejectOrphans && reference != LoyaltyCatalog.User)
            throw entry.Wrong(
                "reject_orphans",
                $"{table}.{column.Name} rejects orphans of {reference}; only those of {LoyaltyCatalog.User} can be rejected");
    }

    // A class of personal data ends nowhere unseen.
    private static void CheckPrivacy(LoyaltyCatalog catalog, CatalogTable table, CatalogColumn column, YamlMap entry)
    {
        var personal = column.From.Select(from => (From: from, Class: Find(catalog, from)!.PersonalData))
            .Where(from => from.Class != PersonalData.None).ToList();
        if (column.Anonymization != Anonymization.None)
        {
            if (personal.Count == 0)
                throw entry.Wrong("anonymized", $"{table}.{column.Name} is made of no personal data that could end in it");
            if (column.PersonalData != PersonalData.None)
                throw entry.Wrong("anonymized", $"{table}.{column.Name} is said to be anonymized and to be {Word(column.PersonalData)}");
            return;
        }

        foreach (var (from, kind) in personal.Where(from => from.Class != column.PersonalData))
            throw entry.Wrong(
                entry.Has("pii") ? "pii" : "from",
                $"{table}.{column.Name} is made of {from}, which is {Word(kind)}, and is not said to be; write pii: {Word(kind)}, "
                    + "or anonymized: count, hash or generalize where that is what the SQL does");
    }

    private static string Word(PersonalData kind) => kind.ToString().ToLowerInvariant();

    private static CatalogColumn? Find(LoyaltyCatalog catalog, ColumnReference reference) => catalog.Tables
        .FirstOrDefault(table => table.Name == reference.Table)?.Columns.FirstOrDefault(column => column.Name == reference.Column);
}
