using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Documentation;

/// <summary>What every column is made of, from the sources to who is sent it.</summary>
internal sealed class Lineage(PipelineDefinition pipeline)
{
    /// <summary>Column to column: each says what the other is made of.</summary>
    public IReadOnlyList<(ColumnReference From, ColumnReference To)> Edges { get; } =
    [
        .. from table in pipeline.Catalog.Tables
           from column in table.Columns
           from origin in column.From
           select (origin, new ColumnReference(table.Name, column.Name)),
    ];

    /// <summary>Columns of Master as consumers are sent them, by the name of the consumer.</summary>
    public IReadOnlyList<(CatalogColumn Column, string Consumer, RedactionMethod Redaction)> Delivered { get; } =
    [
        .. from consumer in pipeline.Config.Consumers.Values.OrderBy(consumer => consumer.Name, StringComparer.Ordinal)
           from column in ColumnPattern.ChooseInOrder(pipeline.Catalog.Master, consumer.Columns)
           let redaction = consumer.Redaction.For(column)
           where redaction != RedactionMethod.Drop
           select (column, consumer.Name, redaction),
    ];

    /// <summary>The class of personal data of a column.</summary>
    public PersonalData ClassOf(ColumnReference column) =>
        pipeline.Catalog.Table(column.Table.ToString()).FindColumn(column.Column)!.PersonalData;

    /// <summary>Whether a table does nothing but repeat the columns of another, and which.</summary>
    public TableName? RepeatedBy(CatalogTable table)
    {
        var origins = table.Columns.Where(column => column.From.Count == 1 && column.From[0].Column == column.Name)
            .GroupBy(column => column.From[0].Table).Where(group => group.Count() > 1 && IsOwn(group.Key)).ToList();
        return origins.Count == 1 ? origins[0].Key : null;
    }

    // Master repeats columns of a source too, and there each is worth a line.
    private bool IsOwn(TableName table) => pipeline.Catalog.Table(table.ToString()).Kind != TableKind.Source;
}
