using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.RunEvents;

/// <summary>
/// Run events as OpenLineage describes them: https://openlineage.io/spec. <c>module/schemas/openlineage-event.schema.json</c> describes
/// those of this module. They name tables and columns and hold no value of them.
/// </summary>
/// <param name="space">The namespace of jobs and tables.</param>
internal sealed class OpenLineageEvent(string space, string moduleVersion)
{
    private const string Spec = "https://openlineage.io/spec";
    private const string BucketScheme = "s3://";
    private const string EventSchema = $"{Spec}/2-0-2/OpenLineage.json#/$defs/RunEvent";

    private readonly string _producer = $"urn:loyaltypipeline:{moduleVersion}";

    public JsonObject Of(RunFacts run, RunEventType type, DateTime time) => new()
    {
        ["eventType"] = type.ToString().ToUpperInvariant(),
        ["eventTime"] = Text(time),
        ["producer"] = _producer,
        ["schemaURL"] = EventSchema,
        ["run"] = new JsonObject { ["runId"] = IdOf(run.RunId).ToString("D"), ["facets"] = RunFacets(run) },
        ["job"] = new JsonObject { ["namespace"] = space, ["name"] = run.Job },
        ["inputs"] = new JsonArray([.. run.Inputs.Select(Input)]),
        ["outputs"] = new JsonArray([.. run.Outputs.Select(Output), .. Place(run.Destination)]),
    };

    // The ids of runs are none of UUIDs; the same run always has the same one (version 8 of RFC 9562).
    private Guid IdOf(string runId)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{space}\n{runId}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private JsonObject RunFacets(RunFacts run)
    {
        var facets = new JsonObject();
        if (run.Day is { } day)
            facets["nominalTime"] = Facet(
                "1-0-1", "NominalTimeRunFacet",
                ("nominalStartTime", Text(day.ToDateTime(TimeOnly.MinValue))),
                ("nominalEndTime", Text(day.AddDays(1).ToDateTime(TimeOnly.MinValue))));
        // Words of errors may repeat values.
        if (run.ErrorId is { } error)
            facets["errorMessage"] = Facet("1-0-1", "ErrorMessageRunFacet", ("message", error), ("programmingLanguage", "C#"));
        return facets;
    }

    private JsonObject Input(CatalogTable table) => new()
    {
        ["namespace"] = space,
        ["name"] = $"{table.Name}",
        ["facets"] = new JsonObject { ["schema"] = Schema(table) },
    };

    private JsonObject Output(CatalogTable table)
    {
        var facets = new JsonObject
        {
            ["schema"] = Schema(table),
            ["documentation"] = Facet("1-1-0", "DocumentationDatasetFacet", ("description", table.Description)),
        };
        if (table.Columns.Any(column => column.From.Count > 0))
            facets["columnLineage"] = Facet("1-2-0", "ColumnLineageDatasetFacet", ("fields", Lineage(table)));
        return new JsonObject { ["namespace"] = space, ["name"] = $"{table.Name}", ["facets"] = facets };
    }

    // By the naming of OpenLineage a bucket is the namespace of what lies in it, and a file is of the file system.
    private static IEnumerable<JsonObject> Place(string? destination)
    {
        if (destination is null)
            yield break;
        var slash = destination.StartsWith(BucketScheme, StringComparison.Ordinal) ? destination.IndexOf('/', BucketScheme.Length) : -1;
        var (where, name) = !destination.StartsWith(BucketScheme, StringComparison.Ordinal) ? ("file", destination)
            : slash < 0 ? (destination, "/")
            : (destination[..slash], destination[(slash + 1)..]);
        yield return new JsonObject { ["namespace"] = where, ["name"] = name };
    }

    private JsonObject Schema(CatalogTable table) => Facet(
        "1-2-0", "SchemaDatasetFacet", ("fields", new JsonArray(
            [.. table.Columns.Select(column => new JsonObject
            {
                ["name"] = column.Name,
                ["type"] = $"{column.Type}",
                ["description"] = column.Description,
            })])));

    private JsonObject Lineage(CatalogTable table) => new(
        table.Columns.Where(column => column.From.Count > 0).Select(column => KeyValuePair.Create<string, JsonNode?>(
            column.Name, new JsonObject
            {
                ["inputFields"] = new JsonArray([.. column.From.Select(origin => new JsonObject
                {
                    ["namespace"] = space,
                    ["name"] = $"{origin.Table}",
                    ["field"] = origin.Column,
                })]),
            })));

    private JsonObject Facet(string version, string name, params IEnumerable<(string Name, JsonNode? Value)> content)
    {
        var facet = new JsonObject { ["_producer"] = _producer, ["_schemaURL"] = $"{Spec}/facets/{version}/{name}.json#/$defs/{name}" };
        foreach (var (key, value) in content)
            facet[key] = value;
        return facet;
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
