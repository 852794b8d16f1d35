using System.Text;
using System.Xml;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>Writes XML as the reports have it: UTF-8 without a mark, lines ended by LF, any text.</summary>
internal static class ReportXml
{
    // Stands for what XML has no way to write: control characters, halves of surrogate pairs.
    private const char Replacement = '\uFFFD';

    /// <summary>Writes a document.</summary>
    public static void Write(Stream stream, Action<XmlWriter> write)
    {
        using var xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                Indent = true,
                NewLineChars = "\n",
            });
        write(xml);
        xml.WriteRaw("\n");
    }

    /// <summary>Writes an attribute.</summary>
    public static void Attribute(this XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    /// <summary>Writes an attribute that is a number.</summary>
    public static void Attribute(this XmlWriter xml, string name, int value) => xml.WriteAttributeString(name, XmlConvert.ToString(value));

    /// <summary>Writes an element that has a text.</summary>
    public static void Element(this XmlWriter xml, string name, string text) => xml.WriteElementString(name, Clean(text));

    /// <summary>Writes an element.</summary>
    public static void Element(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name);
        content();
        xml.WriteEndElement();
    }

    /// <summary>Writes text.</summary>
    public static void Text(this XmlWriter xml, string text) => xml.WriteString(Clean(text));

    /// <summary>Writes <c>properties</c>, an element that both formats have: the test runs.</summary>
    public static void Properties(
        this XmlWriter xml, IReadOnlyList<CheckResult> results, string moduleVersion) => xml.Element("properties", () =>
    {
        xml.Property("module_version", moduleVersion);
        foreach (var run in ReportText.RunsOf(results))
            xml.Property("run_id", run);
    });

    private static void Property(this XmlWriter xml, string name, string value) => xml.Element("property", () =>
    {
        xml.Attribute("name", name);
        xml.Attribute("value", value);
    });

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
                clean.Append(text[index]).Append(text[++index]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[index]) ? text[index] : Replacement);
        }

        return clean.ToString();
    }
}
