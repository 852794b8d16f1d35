using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Writes what is held of a user for programs.</summary>
internal static class SubjectJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static void Write(SubjectDocument document, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("kind", SubjectDocument.Kind);
        json.WriteNumber("version", 1);
        json.WriteNumber("userId", document.UserId);
        json.WriteString("readAt", SubjectValue.Say(document.ReadAt));
        json.WriteString("erasedAt", SubjectValue.Say(document.ErasedAt));
        json.WriteStartArray("tables");
        foreach (var section in document.Sections)
            WriteSection(json, section);
        json.WriteEndArray();
        json.WriteStartArray("deliveries");
        foreach (var delivery in document.Deliveries)
            WriteDelivery(json, delivery);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSection(Utf8JsonWriter json, SubjectSection section)
    {
        json.WriteStartObject();
        json.WriteString("name", section.Name);
        json.WriteString("description", section.Description);
        json.WriteStartArray("columns");
        foreach (var field in section.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("type", field.Type);
            json.WriteString("description", field.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in section.Rows)
        {
            json.WriteStartObject();
            foreach (var (field, value) in section.Fields.Zip(row))
                WriteValue(json, field.Name, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case long whole:
                json.WriteNumber(name, whole);
                break;
            case int whole:
                json.WriteNumber(name, whole);
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            default:
                json.WriteString(name, SubjectValue.Say(value));
                break;
        }
    }

    private static void WriteDelivery(Utf8JsonWriter json, SubjectDelivery delivery)
    {
        json.WriteStartObject();
        json.WriteString("consumer", delivery.Consumer);
        json.WriteString("segment", delivery.Segment);
        json.WriteString("runDate", SubjectValue.Say(DateOnly.FromDateTime(delivery.RunDate)));
        json.WriteString("mode", delivery.Mode.ToString());
        json.WriteString("status", delivery.Status.ToString());
        json.WriteString("publishedAt", SubjectValue.Say(delivery.PublishedAt));
        json.WriteString("manifest", delivery.Manifest);
        json.WriteStartArray("files");
        foreach (var file in delivery.Files)
            json.WriteStringValue(file);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
