namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>What a new DuckDB database is given, so that it knows Snowflake's functions.</summary>
internal static class Prelude
{
    private const int MostArguments = 12;

    /// <summary>The statements.</summary>
    public static string Sql { get; } = string.Join(
        '\n',
        [Formats, Resource("Prelude.sql"), Variadic("sf_concat", Joined), Variadic("sf_greatest", Strict("greatest")),
            Variadic("sf_least", Strict("least"))]);

    /// <summary>Snowflake's words for the parts of a time, put into those of strftime.</summary>
    private static string Formats
    {
        get
        {
            (string From, string To)[] parts =
                [("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d"), ("HH24", "%H"), ("MI", "%M"), ("SS", "%S"), ("FF6", "%f"), ("FF3", "%g"),
                    ("FF9", "%n"), ("\"", "")];
            return $"CREATE MACRO sf_format(format) AS {parts.Aggregate("format", (inner, part) => $"replace({inner}, '{part.From}', '{part.To}')")};";
        }
    }

    /// <summary>A text that comes with the server.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(Prelude).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A function with any number of arguments. In Snowflake each of these yields NULL where an argument is NULL.</summary>
    private static string Variadic(string name, Func<string[], string> body)
    {
        var overloads = Enumerable.Range(1, MostArguments)
            .Select(count => Enumerable.Range(1, count).Select(i => $"a{i}").ToArray())
            .Select(arguments => $"({string.Join(", ", arguments)}) AS {body(arguments)}");
        return $"CREATE MACRO {name}{string.Join(", ", overloads)};";
    }

    private static string Joined(string[] arguments) => string.Join(" || ", arguments.Select(argument => $"CAST({argument} AS VARCHAR)"));

    private static Func<string[], string> Strict(string function) => arguments =>
        $"CASE WHEN {string.Join(" OR ", arguments.Select(argument => $"{argument} IS NULL"))} THEN NULL ELSE {function}({string.Join(", ", arguments)}) END";
}
