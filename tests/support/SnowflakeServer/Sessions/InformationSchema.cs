using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>The views of INFORMATION_SCHEMA, which name types as Snowflake does.</summary>
internal static class InformationSchema
{
    /// <summary>The statements that make the views of a database.</summary>
    public static IEnumerable<string> Views(string database)
    {
        var schema = DuckDbText.Name($"{database}.INFORMATION_SCHEMA");
        var name = DuckDbText.Literal(database);
        // A schema of DuckDB is DATABASE.SCHEMA, and one with the temporary tables of a session begins with what sf_session says.
        string Own(string column) => $"""
            CASE WHEN starts_with({column}, {name} || '.') THEN substr({column}, length({name}) + 2)
                 WHEN starts_with({column}, getvariable('sf_session') || {name} || '.') THEN substr({column}, length(getvariable('sf_session') || {name}) + 2) END
            """;

        yield return $"""
            CREATE VIEW {schema}.SCHEMATA AS
            SELECT {name} AS CATALOG_NAME, SF AS SCHEMA_NAME, 'SYSADMIN' AS SCHEMA_OWNER
            FROM (SELECT {Own("schema_name")} AS SF, schema_name FROM duckdb_schemas()) WHERE SF IS NOT NULL AND NOT starts_with(schema_name, '~')
            """;
        yield return $"""
            CREATE VIEW {schema}.TABLES AS
            SELECT {name} AS TABLE_CATALOG, SF AS TABLE_SCHEMA, table_name AS TABLE_NAME, 'SYSADMIN' AS TABLE_OWNER,
                CASE WHEN table_type = 'VIEW' THEN 'VIEW' WHEN starts_with(table_schema, '~') THEN 'LOCAL TEMPORARY' ELSE 'BASE TABLE' END AS TABLE_TYPE,
                (SELECT any_value(estimated_size) FROM duckdb_tables() AS t WHERE t.schema_name = x.table_schema AND t.table_name = x.table_name) AS ROW_COUNT
            FROM (SELECT {Own("table_schema")} AS SF, table_schema, table_name, table_type FROM information_schema.tables) AS x WHERE SF IS NOT NULL
            """;
        yield return $"""
            CREATE VIEW {schema}.VIEWS AS
            SELECT {name} AS TABLE_CATALOG, SF AS TABLE_SCHEMA, view_name AS TABLE_NAME, sql AS VIEW_DEFINITION
            FROM (SELECT {Own("schema_name")} AS SF, view_name, sql FROM duckdb_views()) WHERE SF IS NOT NULL
            """;
        yield return $"""
            CREATE VIEW {schema}.COLUMNS AS
            SELECT {name} AS TABLE_CATALOG, SF AS TABLE_SCHEMA, table_name AS TABLE_NAME, column_name AS COLUMN_NAME, column_index AS ORDINAL_POSITION,
                column_default AS COLUMN_DEFAULT, CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS IS_NULLABLE,
                CASE WHEN KIND = 'NUMBER' THEN 'NUMBER' WHEN data_type IN ('DOUBLE', 'FLOAT') THEN 'FLOAT' WHEN data_type = 'BOOLEAN' THEN 'BOOLEAN' WHEN data_type = 'DATE' THEN 'DATE'
                     WHEN data_type = 'TIME' THEN 'TIME' WHEN data_type = 'TIMESTAMP WITH TIME ZONE' THEN 'TIMESTAMP_LTZ' WHEN starts_with(data_type, 'TIMESTAMP') THEN 'TIMESTAMP_NTZ'
                     WHEN data_type = 'BLOB' THEN 'BINARY' WHEN data_type = 'JSON' THEN 'VARIANT' ELSE 'TEXT' END AS DATA_TYPE,
                CASE WHEN data_type = 'VARCHAR' THEN 16777216 END AS CHARACTER_MAXIMUM_LENGTH,
                CASE WHEN KIND = 'NUMBER' THEN coalesce(CASE WHEN starts_with(data_type, 'DECIMAL') THEN numeric_precision END, 38) END AS NUMERIC_PRECISION,
                CASE WHEN KIND = 'NUMBER' THEN 10 END AS NUMERIC_PRECISION_RADIX,
                CASE WHEN KIND = 'NUMBER' THEN coalesce(CASE WHEN starts_with(data_type, 'DECIMAL') THEN numeric_scale END, 0) END AS NUMERIC_SCALE,
                CASE WHEN starts_with(data_type, 'TIMESTAMP') OR data_type = 'TIME' THEN 9 END AS DATETIME_PRECISION
            FROM (SELECT {Own("schema_name")} AS SF, *, CASE WHEN regexp_matches(data_type, '^(DECIMAL|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)') THEN 'NUMBER' END AS KIND FROM duckdb_columns()) WHERE SF IS NOT NULL
            """;
    }
}
