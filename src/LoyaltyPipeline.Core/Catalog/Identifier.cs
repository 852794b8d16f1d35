using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>
/// Names of schemas, tables and columns. They are never quoted in SQL, so that both engines fold their case alike;
/// instead nothing but a plain name is let through.
/// </summary>
public static partial class Identifier
{
    // What DuckDB's parser takes for no name of a column or a table, and what Snowflake's documentation reserves.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        """
        ACCOUNT ALL ALTER ANALYSE ANALYZE AND ANTI ANY ARRAY AS ASC ASOF ASYMMETRIC AT AUTHORIZATION BETWEEN BINARY BOTH BY CASE
        CAST CHECK COLLATE COLLATION COLUMN CONCURRENTLY CONNECT CONNECTION CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE
        CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DEFAULT DEFERRABLE DELETE DESC DESCRIBE DISTINCT DO DROP ELSE END
        EXCEPT EXISTS FALSE FETCH FOLLOWING FOR FOREIGN FREEZE FROM FULL GENERATED GLOB GRANT GROUP GSCLUSTER HAVING ILIKE IN
        INCREMENT INITIALLY INNER INSERT INTERSECT INTO IS ISNULL ISSUE JOIN LAMBDA LATERAL LEADING LEFT LIKE LIMIT LOCALTIME
        LOCALTIMESTAMP MAP MINUS NATURAL NOT NOTNULL NULL OF OFFSET ON ONLY OR ORDER ORGANIZATION OUTER OVERLAPS PIVOT PIVOT_LONGER
        PIVOT_WIDER PLACING POSITIONAL PRIMARY QUALIFY REFERENCES REGEXP RETURNING REVOKE RIGHT RLIKE ROW ROWS SAMPLE SCHEMA SELECT
        SEMI SET SHOW SIMILAR SOME START STRUCT SUMMARIZE SYMMETRIC TABLE TABLESAMPLE THEN TO TRAILING TRIGGER TRUE TRY_CAST UNION
        UNIQUE UNPACK UNPIVOT UPDATE USING VALUES VARIADIC VERBOSE VIEW WHEN WHENEVER WHERE WINDOW WITH
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>Whether a name can stand in SQL without quotes.</summary>
    /// <returns>True for upper-case letters, digits and underscores that do not begin with a digit.</returns>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    /// <summary>Whether a name is a word of SQL that an engine takes for no name without quotes.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    [GeneratedRegex(@"^[A-Z_][A-Z0-9_]{0,127}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
