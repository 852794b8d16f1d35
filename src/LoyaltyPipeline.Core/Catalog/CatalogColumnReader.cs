using System.Globalization;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Reads the declaration of one column.</summary>
internal static class CatalogColumnReader
{
    private static readonly string[] ColumnKeys =
    [
        "name", "type", "description", "nullable", "accepted", "min", "max", "smaller_wins", "not_below", "references", "reject_orphans",
        "pii", "from", "anonymized",
    ];

    public static CatalogColumn Read(YamlMap entry, TableName table)
    {
        entry.AllowOnly(ColumnKeys);
        var name = entry.Text("name");
        if (!Identifier.IsValid(name))
            throw entry.Wrong("name", $"'{name}' of table {table} is no column name; write it in upper case, with letters, digits and _");
        if (Identifier.IsReserved(name))
            throw entry.Wrong("name", $"'{name}' of table {table} is a word of SQL and can name no column; write another, such as {name}_");
        if (!ColumnType.TryParse(entry.Text("type"), out var type))
            throw entry.Wrong(
                "type",
                $"{table}.{name} has the unknown type '{entry.Text("type")}'; known are BIGINT, INTEGER, DECIMAL(p,s), VARCHAR, BOOLEAN, DATE and TIMESTAMP");
        var column = new CatalogColumn
        {
            Name = name,
            Type = type,
            Description = entry.Text("description"),
            Nullable = entry.Has("nullable") && entry.Flag("nullable"),
            Accepted = entry.Has("accepted") ? entry.Texts("accepted") : [],
            Minimum = ReadBound(entry, "min"),
            Maximum = ReadBound(entry, "max"),
            SmallerWins = entry.Has("smaller_wins") && entry.Flag("smaller_wins"),
            NotBelow = entry.Has("not_below") ? entry.Text("not_below") : null,
            References = entry.Has("references") ? ReadReference(entry, "references", entry.Text("references")) : null,
            RejectOrphans = entry.Has("reject_orphans") && entry.Flag("reject_orphans"),
            PersonalData = entry.Has("pii") ? entry.Choice<PersonalData>("pii") : PersonalData.None,
            Anonymization = entry.Has("anonymized") ? entry.Choice<Anonymization>("anonymized") : Anonymization.None,
            From = entry.Has("from") ? [.. entry.Texts("from").Select(text => ReadReference(entry, "from", text))] : [],
        };
        CheckRules(entry, table, column);
        return column;
    }

    private static void CheckRules(YamlMap entry, TableName table, CatalogColumn column)
    {
        if (column.Accepted.Count > 0 && column.Type.DataType != DataType.Varchar)
            throw entry.Wrong("accepted", $"{table}.{column.Name} is {column.Type}; a list of accepted values is for VARCHAR");
        if ((column.Minimum ?? column.Maximum) is not null && !column.Type.IsNumeric)
            throw entry.Wrong(
                column.Minimum is null ? "max" : "min", $"{table}.{column.Name} is {column.Type}; min and max are for numbers");
        if (column.Minimum > column.Maximum)
            throw entry.Wrong("min", $"{table}.{column.Name} has min {column.Minimum} above max {column.Maximum}");
        if (column is { PersonalData: not PersonalData.None, Anonymization: Anonymization.None }
            && column.Type.DataType != DataType.Varchar)
            throw entry.Wrong(
                "pii",
                $"{table}.{column.Name} is {column.Type}; personal data is VARCHAR, as what becomes of it on its way out is a text");
        if (column.RejectOrphans && column.References is null)
            throw entry.Wrong("reject_orphans", $"{table}.{column.Name} rejects orphans but references nothing");
    }

    private static decimal? ReadBound(YamlMap entry, string key)
    {
        if (!entry.Has(key))
            return null;
        return decimal.TryParse(
            entry.Text(key), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bound)
            ? bound
            : throw entry.Wrong(key, $"'{entry.Text(key)}' is no number; write it as 1234.5");
    }

    private static ColumnReference ReadReference(YamlMap entry, string key, string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3
            ? new ColumnReference(new TableName(parts[0], parts[1]), parts[2])
            : throw entry.Wrong(key, $"'{text}' is no column; write SCHEMA.TABLE.COLUMN");
    }
}
