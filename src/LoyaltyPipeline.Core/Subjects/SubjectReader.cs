using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Reads all that is held of a user, in sources that are kept elsewhere too.</summary>
/// <param name="session">A session in which all sources are within reach.</param>
internal sealed class SubjectReader(PipelineDefinition pipeline, IWarehouseSession session)
{
    private const string Mentions = "Texts of logs that name the user";

    /// <summary>Reads it.</summary>
    /// <param name="at">When it is read (UTC).</param>
    public async Task<SubjectDocument> ReadAsync(long userId, DateTime at, CancellationToken cancellationToken)
    {
        var existing = await SchemaReader.RequireInitializedAsync(session, pipeline.Config.OtherDatabases, cancellationToken);
        await SubjectSql.PrepareAsync(session, [userId], cancellationToken);
        var sections = new List<SubjectSection>();
        var held = pipeline.Catalog.Tables
            .Where(table => table.Kind != TableKind.View && table.UserColumns.Count > 0)
            .Select(table => (Table: table, Location: pipeline.Config.Locate(table.Name)))
            .Where(entry => existing.ContainsKey(entry.Location.ToUpperInvariant())).ToList();
        foreach (var (table, location) in held)
        {
            var columns = ColumnsOf(table, existing[location.ToUpperInvariant()]);
            var ofUser = columns.Intersect(table.UserColumns).Select(column => column.Name).ToList();
            if (ofUser.Count == 0)
                continue;
            sections.Add(await ReadAsync(
                table, columns, $"{location} AS t WHERE {SubjectSql.IsOf(ofUser)}", isNamed: false, cancellationToken));
            if (table.Kind != TableKind.Source)
                continue;
            foreach (var note in SubjectSql.NoteKeys(table, ofUser, location))
                await session.ExecuteAsync(note, cancellationToken);
        }

        var names = held.SelectMany(entry => entry.Table.UserColumns).Select(column => column.Name).Distinct(StringComparer.Ordinal);
        await session.ExecuteAsync(SubjectSql.NoteRejected(names), cancellationToken);
        var quarantine = pipeline.Catalog.Table("LOYALTY.QUARANTINE");
        sections.Add(await ReadAsync(quarantine, quarantine.Columns, SubjectSql.RejectedRows, isNamed: true, cancellationToken));
        sections.Add(await ReadMentionsAsync(userId, existing, cancellationToken));
        var deliveries = await new SubjectDeliveries(session).FindAsync(cancellationToken);
        var erasedAt = ErasedUsers.Tables.All(existing.ContainsKey)
            ? await new ErasureLedger(session).ErasedAtAsync(cancellationToken)
            : null;
        return new SubjectDocument(userId, at, erasedAt, sections, [.. deliveries[userId]]);
    }

    private static IReadOnlyList<CatalogColumn> ColumnsOf(CatalogTable table, TableShape shape) =>
        [.. table.Columns.Where(column => shape.Columns.ContainsKey(column.Name))];

    private async Task<SubjectSection> ReadAsync(
        CatalogTable table, IReadOnlyList<CatalogColumn> columns, string from, bool isNamed, CancellationToken cancellationToken)
    {
        var alias = isNamed ? "q" : "t";
        var names = SqlText.List(columns.Select(column => $"{alias}.{column.Name}"));
        var rows = await session.ListAsync(
            $"SELECT {names} FROM {from} ORDER BY {names}", [],
            IReadOnlyList<object?> (reader) => [.. Enumerable.Range(0, columns.Count).Select(reader.ValueAt)], cancellationToken);
        return new SubjectSection(
            table.ToString(), table.Description,
            [.. columns.Select(column => new SubjectField(column.Name, column.Type.ToString(), column.Description))], rows);
    }

    private async Task<SubjectSection> ReadMentionsAsync(
        long userId, IReadOnlyDictionary<string, TableShape> existing, CancellationToken cancellationToken)
    {
        var views = await SchemaReader.ReadViewsAsync(session, cancellationToken);
        var texts = new SubjectTexts(session, SubjectTables.Find(pipeline, existing, views.Keys), existing);
        await texts.FindAsync([userId], cancellationToken);
        return new SubjectSection(
            Mentions, "Results of checks and messages of runs in which the user's id, keys or values stand.",
            [
                new SubjectField("TABLE", "VARCHAR", "The log."), new SubjectField("RUN_ID", "VARCHAR", "The run."),
                new SubjectField("TEXT", "VARCHAR", "What stands there."),
            ],
            [.. texts.Mentions.Select(IReadOnlyList<object?> (mention) => [mention.Table, mention.RunId, mention.Text])]);
    }
}
